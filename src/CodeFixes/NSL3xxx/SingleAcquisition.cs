using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.NSL2xxx;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL3xxx;

/// <summary>A call that acquires one namespace.</summary>
/// <param name="Value">What it hands out.</param>
/// <param name="Arguments">What is written for its parameters.</param>
internal sealed record SingleAcquisition(
    InvocationExpressionSyntax Call,
    SimpleNameSyntax Name,
    IMethodSymbol Method,
    GuardValue Value,
    LockMode Mode,
    ExpressionSyntax Namespace,
    ITypeSymbol Guard,
    bool IsTask,
    IReadOnlyList<(IParameterSymbol Parameter, ExpressionSyntax Expression)> Arguments)
{
    /// <summary>The object that it is asked of; null where none is written.</summary>
    public ExpressionSyntax? Receiver => (Name.Parent as MemberAccessExpressionSyntax)?.Expression;

    /// <summary>All that it reads.</summary>
    public IEnumerable<ExpressionSyntax> Inputs =>
        Arguments.Select(argument => argument.Expression).Concat(Receiver is null ? [] : [Receiver]);

    public static SingleAcquisition? Of(RepairContext context, SyntaxNode? node)
    {
        if (node is not InvocationExpressionSyntax call
            || ExclusiveSibling.NameIn(call) is not { Parent: not MemberBindingExpressionSyntax } name
            || context.Model.GetOperation(call, context.CancellationToken) is not IInvocationOperation { TargetMethod: var method } operation
            || context.Annotations.Of(method).Acquires is not [var term]
            // A comment in what goes would go with it.
            || call.ArgumentList.DescendantTrivia().Any(Layout.IsText))
        {
            return null;
        }

        var value = GuardValue.Of(context, call);
        var result = context.Known.TaskResult(method.ReturnType);
        return value is { Namespaces: [var ns], OutArgument: null, IsTask: false } && context.Known.IsGuard(result ?? method.ReturnType)
            ? new SingleAcquisition(
                call, name, method, value, term.Mode, ns, result ?? method.ReturnType, result is not null,
                [.. operation.Arguments
                    .Where(argument => argument.Syntax is ArgumentSyntax && argument.Parameter is not null)
                    .Select(argument => (argument.Parameter!, ((ArgumentSyntax)argument.Syntax).Expression))])
            : null;
    }
}
