using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NamespaceLocking.CodeFixes.NSL2xxx;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL3xxx;

/// <summary>Acquires two namespaces in one call where the first was acquired: a request for both holds nothing while it waits.</summary>
internal sealed class AcquireBoth() : Repair(NSL3003WaitUnderGuardFix.AcquireBothKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        if (SingleAcquisition.Of(context, context.OtherPlace) is not { } earlier
            || SingleAcquisition.Of(context, context.Node) is not { } later
            || !PlaceBefore.AllowsFor(context, earlier.Call, later.Call, later.Inputs)
            || !AreUsesSound(context, earlier, out var variable)
            || !AreUsesSound(context, later, out _))
        {
            yield break;
        }

        foreach (var pair in PairCall.For(context, earlier, later))
        {
            foreach (var root in LaterGuard.Without(context, later.Value.Outer, variable, [pair.Replaced]))
            {
                yield return new Proposal(
                    $"Acquire both with one call of '{pair.Name}'",
                    root.ReplaceNode(root.GetCurrentNode(pair.Replaced)!, pair.Written));
            }
        }
    }

    /// <summary>Whether a guard on both namespaces can stand where the one on one of them was used.</summary>
    private static bool AreUsesSound(RepairContext context, SingleAcquisition acquisition, out string? variable)
    {
        variable = null;
        ISymbol? symbol;
        switch (acquisition.Value.Outer.Parent)
        {
            case ExpressionStatementSyntax or UsingStatementSyntax:
                return true;
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declared }:
                symbol = context.Model.GetDeclaredSymbol(declared, context.CancellationToken);
                variable = declared.Identifier.Text;
                break;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax target, Parent: ExpressionStatementSyntax }:
                symbol = context.SymbolOf(target);
                variable = target.Identifier.Text;
                break;
            default:
                return false;
        }

        return symbol is ILocalSymbol && new GuardUses(context, symbol).Names.All(name => IsSound(context, name));
    }

    /// <summary>It has one namespace and one mode to show: what asks for those must go on getting them.</summary>
    private static bool IsSound(RepairContext context, IdentifierNameSyntax use) => use.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == use => IsOfAnyGuard(context, access.Name),
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax member } => IsOfAnyGuard(context, member.Name),
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member } } =>
            IsOfAnyGuard(context, member.Name),
        BinaryExpressionSyntax or IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax } => true,
        AssignmentExpressionSyntax assignment => assignment.Left == use,
        ArgumentSyntax argument => IsToldWhatItHolds(context, argument),
        UsingStatementSyntax => true,
        _ => false,
    };

    private static bool IsOfAnyGuard(RepairContext context, SimpleNameSyntax member) => context.SymbolOf(member) switch
    {
        IMethodSymbol { Name: "Dispose" or "DisposeAsync" } => true,
        IMethodSymbol method => !context.Annotations.Of(method).Asserts.IsEmpty,
        IPropertySymbol property => property.Type.SpecialType == SpecialType.System_Boolean || property.Type.Name == nameof(CancellationToken),
        _ => false,
    };

    /// <summary>A guard parameter holds its own namespace, unless it says which.</summary>
    private static bool IsToldWhatItHolds(RepairContext context, ArgumentSyntax argument) =>
        context.Model.GetOperation(argument, context.CancellationToken)
            is IArgumentOperation { Parameter: { ContainingSymbol: IMethodSymbol callee } parameter }
        && context.Annotations.Of(callee).Parameter(parameter.Ordinal).Requires is { IsEmpty: false } told
        && told.All(term => term.Namespace.Parameter != parameter.Ordinal);
}
