using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Takes the braces off statements; the comments at the braces stay with them.</summary>
internal static class Unwrapping
{
    /// <summary>The statements of a body, ready to stand in the list that the body's owner is in.</summary>
    public static IReadOnlyList<StatementSyntax> Lines(StatementSyntax body)
    {
        if (body is not BlockSyntax block)
            return [Formatted(body)];
        var lines = block.Statements.ToList();
        if (lines.Count > 0)
        {
            lines[0] = lines[0].WithLeadingTrivia(CommentsOf(block.OpenBraceToken.TrailingTrivia).Concat(lines[0].GetLeadingTrivia()));
            var last = lines[lines.Count - 1];
            lines[lines.Count - 1] = last.WithTrailingTrivia(last.GetTrailingTrivia().Concat(CommentsOf(block.CloseBraceToken.LeadingTrivia)).Concat(CommentsOf(block.CloseBraceToken.TrailingTrivia)));
        }

        return [.. lines.Select(Formatted)];
    }

    private static StatementSyntax Formatted(StatementSyntax statement) => statement.WithAdditionalAnnotations(Formatter.Annotation);

    private static IEnumerable<SyntaxTrivia> CommentsOf(SyntaxTriviaList trivia) =>
        trivia.All(piece => piece.IsKind(SyntaxKind.WhitespaceTrivia) || piece.IsKind(SyntaxKind.EndOfLineTrivia)) ? [] : trivia;
}
