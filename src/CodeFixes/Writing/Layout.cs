using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Where statements that are put beside others break and indent; the others keep their comments.</summary>
internal static class Layout
{
    /// <summary>The statements that take the place of <paramref name="anchor"/>.</summary>
    /// <param name="self">What the anchor becomes.</param>
    /// <param name="after">Those that have a layout of their own keep it.</param>
    public static IReadOnlyList<StatementSyntax> Arrange(
        StatementSyntax anchor, IReadOnlyList<StatementSyntax> before, StatementSyntax self, IReadOnlyList<StatementSyntax> after)
    {
        var isOnOwnLine = StartsLine(anchor);
        var (gap, own) = isOnOwnLine && before.Count > 0 ? Split(anchor.GetLeadingTrivia()) : (default, anchor.GetLeadingTrivia());
        var indent = isOnOwnLine ? Indentation(anchor) : default;
        var end = SyntaxFactory.TriviaList(isOnOwnLine ? EndOfLine(anchor) : SyntaxFactory.Space);
        var trailing = anchor.GetTrailingTrivia();
        var endsLine = trailing.Any(SyntaxKind.EndOfLineTrivia);
        // What follows on the anchor's line stays on it, and so does what is put between.
        var lineStart = endsLine ? indent : default;
        var lineEnd = SyntaxFactory.TriviaList(endsLine ? EndOfLine(anchor) : SyntaxFactory.Space);

        var arranged = new List<StatementSyntax>();
        foreach (var statement in before)
            arranged.Add(statement.WithLeadingTrivia(arranged.Count == 0 ? gap.AddRange(indent) : indent).WithTrailingTrivia(end));
        arranged.Add(self.WithLeadingTrivia(own).WithTrailingTrivia(after.Count > 0 && trailing.Count == 0 ? lineEnd : trailing));
        foreach (var statement in after)
        {
            var hasLayout = statement.HasLeadingTrivia || statement.HasTrailingTrivia;
            arranged.Add(hasLayout ? statement : statement.WithLeadingTrivia(lineStart).WithTrailingTrivia(lineEnd));
        }

        return arranged;
    }

    public static SyntaxTrivia EndOfLine(SyntaxNode node)
    {
        var found = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return found == default ? SyntaxFactory.LineFeed : found;
    }

    /// <summary>A line break for what the formatter lays out.</summary>
    public static SyntaxTrivia ElasticEndOfLine(SyntaxNode node) => SyntaxFactory.ElasticEndOfLine(EndOfLine(node).ToString());

    /// <summary>The node without the marks that let the formatter lay out what is beside it, too.</summary>
    public static T Fixed<T>(T node)
        where T : SyntaxNode => node.ReplaceTokens(node.DescendantTokens(), (_, token) =>
            token.WithLeadingTrivia(token.LeadingTrivia.Where(IsFixed)).WithTrailingTrivia(token.TrailingTrivia.Where(IsFixed)));

    private static bool IsFixed(SyntaxTrivia trivia) => !trivia.HasAnnotation(SyntaxAnnotation.ElasticAnnotation);

    public static bool StartsLine(SyntaxNode node)
    {
        var previous = node.GetFirstToken().GetPreviousToken();
        return previous == default
            || node.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia)
            || previous.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
    }

    public static SyntaxTriviaList Indentation(SyntaxNode node)
    {
        var last = node.GetLeadingTrivia().LastOrDefault();
        return last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : default;
    }

    /// <summary>Whether it is more than a blank: a comment, a directive.</summary>
    public static bool IsText(SyntaxTrivia trivia) => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>Blank lines and directives stay above what is put in; the comments right above a statement stay with it.</summary>
    private static (SyntaxTriviaList Gap, SyntaxTriviaList Own) Split(SyntaxTriviaList leading)
    {
        var cut = 0;
        var isBlank = true;
        for (var i = 0; i < leading.Count; i++)
        {
            if (leading[i].IsDirective || (isBlank && leading[i].IsKind(SyntaxKind.EndOfLineTrivia)))
                cut = i + 1;
            else if (!leading[i].IsKind(SyntaxKind.WhitespaceTrivia))
                isBlank = false;
            isBlank |= leading[i].IsDirective;
        }

        return (SyntaxFactory.TriviaList(leading.Take(cut)), SyntaxFactory.TriviaList(leading.Skip(cut)));
    }
}
