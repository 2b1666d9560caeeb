using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.NSL2xxx;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL3xxx;

/// <summary>Acquires exclusively where a shared guard was acquired, and drops the acquisition that came too late.</summary>
internal sealed class ExclusiveFromTheStart() : Repair(NSL3001ExclusiveUnderSharedFix.ExclusiveFromTheStartKey)
{
    protected override IEnumerable<Proposal> Propose(RepairContext context)
    {
        if (context.Node is not ExpressionSyntax later
            || context.OtherPlace is not ExpressionSyntax earlier
            || ExclusiveSibling.Of(context, earlier) is not var (old, now))
        {
            return [];
        }

        var (guard, dropped) = (GuardValue.Of(context, earlier), GuardValue.Of(context, later));
        if (guard.Namespaces is not [var below] || dropped.Namespaces is not [var ns] || !(IsAtOrBelow(below, ns) || AreInOneList(earlier, later)))
            return [];
        var variable = (guard.Outer.Parent as EqualsValueClauseSyntax)?.Parent as VariableDeclaratorSyntax;
        var title = $"Acquire '{ns}' with '{now.Identifier.ValueText}' in the first place, and drop this";
        return LaterGuard.Without(context, dropped.Outer, variable?.Identifier.Text, [old, below])
            .Select(root => new Proposal(title, Exclusive(root)));

        SyntaxNode Exclusive(SyntaxNode root)
        {
            var (name, argument) = (root.GetCurrentNode(old)!, root.GetCurrentNode(below)!);
            SyntaxNode[] changed = [name, argument];
            return root.ReplaceNodes(changed, (node, _) => node == name ? now : ns.WithTriviaFrom(below));
        }
    }

    /// <summary>Whether what holds at the one place, a test of namespaces for example, holds at the other.</summary>
    private static bool AreInOneList(ExpressionSyntax earlier, ExpressionSyntax later) =>
        earlier.FirstAncestorOrSelf<StatementSyntax>()?.Parent == later.FirstAncestorOrSelf<StatementSyntax>()?.Parent;

    /// <summary>Whether the code itself says so, wherever it stands.</summary>
    private static bool IsAtOrBelow(ExpressionSyntax lower, ExpressionSyntax upper) => lower.ToString() == upper.ToString()
        || (lower is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Child" } child }
            && IsAtOrBelow(child.Expression, upper))
        || (upper is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Parent" } parent && IsAtOrBelow(lower, parent.Expression));
}
