using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.Acquiring;

/// <summary>Finds the member that acquires exclusively what another one acquires shared, and that can be called in its place.</summary>
internal static class ExclusiveSibling
{
    /// <summary>The name in the call, and the one that asks for exclusive; null where the store has no such member.</summary>
    public static (SimpleNameSyntax Old, SimpleNameSyntax New)? Of(RepairContext context, SyntaxNode? acquisition)
    {
        if (acquisition is not InvocationExpressionSyntax call
            || NameIn(call) is not { } name
            || context.Model.GetOperation(call, context.CancellationToken) is not IInvocationOperation { TargetMethod: var shared })
        {
            return null;
        }

        var hasReceiver = name.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax;
        var type = shared.ReducedFrom is null ? shared.ContainingType : shared.ReceiverType;
        var inReach = hasReceiver
            ? context.Model.LookupSymbols(call.SpanStart, type, includeReducedExtensionMethods: true)
            : context.Model.LookupSymbols(call.SpanStart);
        return inReach.OfType<IMethodSymbol>().FirstOrDefault(other => IsSibling(context, shared, other)) is { } exclusive
            ? (name, name.WithIdentifier(SyntaxFactory.Identifier(exclusive.Name).WithTriviaFrom(name.Identifier)))
            : null;
    }

    /// <summary>The name of the member that is called.</summary>
    public static SimpleNameSyntax? NameIn(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax name => name,
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        _ => null,
    };

    private static bool IsSibling(RepairContext context, IMethodSymbol shared, IMethodSymbol other)
    {
        var (wanted, offered) = (context.Annotations.Of(shared).Acquires, context.Annotations.Of(other).Acquires);
        return wanted.Length > 0
            && wanted.Length == offered.Length
            && wanted.Zip(offered, (old, now) => IsSamePlace(old, now) && now.Mode == LockMode.Exclusive).All(matches => matches)
            && other.Arity == shared.Arity
            && SymbolEqualityComparer.IncludeNullability.Equals(other.ReturnType, shared.ReturnType)
            && other.Parameters.Length == shared.Parameters.Length
            && other.Parameters.Zip(shared.Parameters, TakesTheSame).All(matches => matches);
    }

    private static bool TakesTheSame(IParameterSymbol left, IParameterSymbol right) =>
        left.RefKind == right.RefKind && SymbolEqualityComparer.Default.Equals(left.Type, right.Type);

    private static bool IsSamePlace(LockTerm left, LockTerm right) => left.Namespace.Root == right.Namespace.Root
        && left.Namespace.Parameter == right.Namespace.Parameter
        && left.Namespace.Members.SequenceEqual(right.Namespace.Members, SymbolEqualityComparer.Default);
}
