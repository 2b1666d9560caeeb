using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Acquiring;
using NamespaceLocking.CodeFixes.NSL2xxx;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

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
        return Without(context, dropped.Outer, variable?.Identifier.Text, [old, below])
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

    /// <summary>The roots without the later acquisition, in which <paramref name="tracked"/> can be found again.</summary>
    private static IEnumerable<SyntaxNode> Without(RepairContext context, ExpressionSyntax value, string? earlier, IReadOnlyList<SyntaxNode> tracked)
    {
        switch (value.Parent)
        {
            case ExpressionStatementSyntax statement:
                return [Disposals.Remove(context.Root, [statement], tracked)];
            case UsingStatementSyntax statement:
                return [Unwrap(context.Root.TrackNodes([statement, .. tracked]), statement)];
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } variable }:
                return WithoutVariable(context, variable, earlier, tracked);
            default:
                return [];
        }
    }

    /// <summary>What the variable was used for, the earlier guard's variable is now.</summary>
    private static IEnumerable<SyntaxNode> WithoutVariable(
        RepairContext context, VariableDeclaratorSyntax variable, string? earlier, IReadOnlyList<SyntaxNode> tracked)
    {
        if (GuardUses.OfDeclared(context, variable) is not { Escapes: false, IsAssigned: false } uses)
            return [];
        var removed = uses.Disposals.ToList();
        var renamed = uses.Names.Where(name => !removed.Any(disposal => disposal.Span.Contains(name.Span))).ToList();
        if (renamed.Count > 0 && earlier is null)
            return [];
        var owner = variable.Parent!.Parent!;
        if (owner is LocalDeclarationStatementSyntax declaration)
            removed.Add(declaration);
        var root = Disposals.Remove(context.Root, removed, [owner, .. tracked, .. renamed]);
        root = GuardUses.Rename(root, renamed, earlier ?? "");
        return [owner is UsingStatementSyntax statement ? Unwrap(root, statement) : root];
    }

    private static SyntaxNode Unwrap(SyntaxNode root, UsingStatementSyntax tracked)
    {
        var statement = root.GetCurrentNode(tracked)!;
        var lines = Unwrapping.Lines(statement.Statement);
        if (statement.Parent is not BlockSyntax || lines.Count == 0)
            return root.ReplaceNode(statement, statement.Statement.WithTriviaFrom(statement));
        var first = lines[0].WithLeadingTrivia(statement.GetLeadingTrivia().Concat(lines[0].GetLeadingTrivia()));
        return root.ReplaceNode(statement, [first, .. lines.Skip(1)]);
    }
}
