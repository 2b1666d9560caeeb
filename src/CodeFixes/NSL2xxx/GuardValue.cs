using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>What an acquisition hands out, and the whole expression that still is it.</summary>
internal sealed class GuardValue
{
    private GuardValue(RepairContext context, ExpressionSyntax outer)
    {
        Outer = outer;
        var type = context.Model.GetTypeInfo(outer, context.CancellationToken).Type;
        IsTask = context.Known.TaskResult(type) is not null;
        Type = context.Known.TaskResult(type) ?? type;
        IsTuple = Type is INamedTypeSymbol { IsTupleType: true };
    }

    /// <summary>The acquisition with everything around it that hands the guard on: <c>await …</c>, <c>… ?? throw …</c>, parentheses.</summary>
    public ExpressionSyntax Outer { get; }

    /// <summary>Of the guard, or the tuple that it is in.</summary>
    public ITypeSymbol? Type { get; }

    public bool IsTuple { get; }

    /// <summary>Whether nobody has awaited it.</summary>
    public bool IsTask { get; }

    /// <summary>The argument behind which the guard comes out, where it is not the result.</summary>
    public ArgumentSyntax? OutArgument { get; private set; }

    /// <summary>The namespaces that are locked, as far as they are arguments.</summary>
    public IReadOnlyList<ExpressionSyntax> Namespaces { get; private set; } = [];

    public static GuardValue Of(RepairContext context, ExpressionSyntax acquisition)
    {
        var value = new GuardValue(context, OuterOf(acquisition));
        if (context.Operation is IInvocationOperation invocation)
        {
            value.Namespaces = NamespacesOf(context, invocation);
            if (!IsGuardOrTuple(context, value.Type))
                value.OutArgument = invocation.Arguments.FirstOrDefault(argument => IsGuardOut(context, argument))?.Syntax as ArgumentSyntax;
        }

        return value;
    }

    /// <summary>A name for the guard that nothing has.</summary>
    public string TakeName(FreeNames names, ITypeSymbol? guard) =>
        Namespaces.Count > 0 || guard is null ? names.TakeForGuard(Namespaces) : names.TakeForGuard(guard);

    /// <summary>The value, awaited where it is a task; null where it cannot be awaited.</summary>
    public ExpressionSyntax? Awaited(bool allowsAwait) => !IsTask ? Outer : allowsAwait ? UsingWriter.Awaited(Outer) : null;

    private static ExpressionSyntax OuterOf(ExpressionSyntax value) => value.Parent switch
    {
        ParenthesizedExpressionSyntax or AwaitExpressionSyntax or CastExpressionSyntax => OuterOf((ExpressionSyntax)value.Parent),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } outer => OuterOf(outer),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.AsExpression } outer => OuterOf(outer),
        ConditionalExpressionSyntax outer when outer.Condition != value => OuterOf(outer),
        SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax outer } => OuterOf(outer),
        ConditionalAccessExpressionSyntax outer when outer.WhenNotNull == value => OuterOf(outer),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "AsTask" or "GetAwaiter" or "GetResult", Parent: InvocationExpressionSyntax outer } =>
            OuterOf(outer),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } outer => OuterOf(outer),
        _ => value,
    };

    private static bool IsGuardOrTuple(RepairContext context, ITypeSymbol? type) =>
        context.Known.IsGuard(type) || (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(element => context.Known.IsGuard(element.Type)));

    private static bool IsGuardOut(RepairContext context, IArgumentOperation argument) =>
        argument.Parameter is { RefKind: RefKind.Out } parameter && context.Known.IsGuard(parameter.Type);

    private static IReadOnlyList<ExpressionSyntax> NamespacesOf(RepairContext context, IInvocationOperation invocation)
    {
        var written = context.Annotations.Of(invocation.TargetMethod).Acquires
            .Select(term => ArgumentOf(invocation.Arguments, term.Namespace))
            .OfType<ExpressionSyntax>();
        var arguments = invocation.Arguments
            .Where(argument => !argument.IsImplicit && context.Known.IsNamespace(argument.Parameter?.Type))
            .Select(argument => argument.Value.Syntax)
            .OfType<ExpressionSyntax>();
        return written.ToList() is { Count: > 0 } annotated ? annotated : [.. arguments];
    }

    private static ExpressionSyntax? ArgumentOf(ImmutableArray<IArgumentOperation> arguments, LockPath path) => path.Root == PathRoot.Parameter
        && arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == path.Parameter)?.Value.Syntax is ExpressionSyntax root
            ? path.Members.Aggregate(root, OperationStore.Access)
            : null;
}
