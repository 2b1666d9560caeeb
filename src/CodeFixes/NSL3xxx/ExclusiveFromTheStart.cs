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
        if (context.Node is not ExpressionSyntax later || context.OtherPlace is not ExpressionSyntax earlier || ExclusiveSibling.Of(context, earlier) is not var (old, now))
            return [];
        var value = GuardValue.Of(context, later);
        var title = $"Acquire it with '{now.Identifier.ValueText}' in the first place, and drop this";
        return Without(context, value.Outer, VariableOf(GuardValue.Of(context, earlier).Outer), old)
            .Select(root => new Proposal(title, root.ReplaceNode(root.GetCurrentNode(old)!, now)));
    }

    /// <summary>The roots without the later acquisition, in which <paramref name="tracked"/> can be found again.</summary>
    private static IEnumerable<SyntaxNode> Without(RepairContext context, ExpressionSyntax value, string? earlier, SyntaxNode tracked)
    {
        switch (value.Parent)
        {
            case ExpressionStatementSyntax statement:
                return [Disposals.Remove(context.Root, [statement], tracked)];
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } statement } variable }:
                return WithoutVariable(context, variable, statement, [statement], earlier, tracked);
            case UsingStatementSyntax statement:
                return [Unwrap(context.Root.TrackNodes(statement, tracked), statement)];
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: UsingStatementSyntax { Declaration.Variables.Count: 1 } statement } variable }:
                return WithoutVariable(context, variable, statement, [], earlier, tracked).Select(root => Unwrap(root, statement));
            default:
                return [];
        }
    }

    /// <summary>What the variable was used for, the earlier guard's variable is now.</summary>
    private static IEnumerable<SyntaxNode> WithoutVariable(
        RepairContext context, VariableDeclaratorSyntax variable, SyntaxNode owner, IReadOnlyList<StatementSyntax> removed, string? earlier, SyntaxNode tracked)
    {
        if (context.Model.GetDeclaredSymbol(variable, context.CancellationToken) is not ILocalSymbol local)
            yield break;
        var uses = new GuardUses(context, local);
        if (uses.Escapes || uses.IsAssigned)
            yield break;
        var disposals = uses.Disposals.ToList();
        var renamed = uses.Names.Where(name => !disposals.Any(disposal => disposal.Span.Contains(name.Span))).ToList();
        if (renamed.Count > 0 && earlier is null)
            yield break;
        var root = Disposals.Remove(context.Root, [.. removed, .. disposals], [owner, tracked, .. renamed]);
        yield return root.ReplaceNodes(
            renamed.Select(name => root.GetCurrentNode(name)!),
            (_, name) => name.WithIdentifier(SyntaxFactory.Identifier(earlier!).WithTriviaFrom(name.Identifier)));
    }

    private static SyntaxNode Unwrap(SyntaxNode root, UsingStatementSyntax statement)
    {
        var current = root.GetCurrentNode(statement)!;
        var lines = Unwrapping.Lines(current.Statement).ToList();
        return current.Parent is BlockSyntax && lines.Count > 0
            ? root.ReplaceNode(current, lines.Select((line, i) => i == 0 ? line.WithLeadingTrivia(current.GetLeadingTrivia().Concat(line.GetLeadingTrivia())) : line))
            : root.ReplaceNode(current, current.Statement.WithTriviaFrom(current));
    }

    private static string? VariableOf(ExpressionSyntax acquisition) => (acquisition.Parent as EqualsValueClauseSyntax)?.Parent is VariableDeclaratorSyntax variable
        ? variable.Identifier.Text
        : null;
}
