using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.NSL2xxx;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL3xxx;

/// <summary>Takes an acquisition away whose lock another guard, acquired before, is to hold.</summary>
internal static class LaterGuard
{
    /// <summary>The roots without the later acquisition, in which <paramref name="tracked"/> can be found again.</summary>
    public static IEnumerable<SyntaxNode> Without(RepairContext context, ExpressionSyntax value, string? earlier, IReadOnlyList<SyntaxNode> tracked)
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
        if (renamed.Count > 0 && string.IsNullOrEmpty(earlier))
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
