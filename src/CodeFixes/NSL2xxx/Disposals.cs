using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.NSL2xxx;

/// <summary>Statements that do nothing but dispose a guard, and their removal.</summary>
internal static class Disposals
{
    public static bool IsCall(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Count == 0 && call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => "",
    } is "Dispose" or "DisposeAsync";

    /// <summary>The whole statement that disposes the guard by this use: <c>guard.Dispose();</c>, also where a null test is around it.</summary>
    public static StatementSyntax? Of(ExpressionSyntax use)
    {
        var call = use.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == use => access.Parent as InvocationExpressionSyntax,
            ConditionalAccessExpressionSyntax access when access.Expression == use => access.WhenNotNull as InvocationExpressionSyntax,
            _ => null,
        };
        if (call is null || !IsCall(call))
            return null;
        SyntaxNode outer = call;
        while (outer.Parent is ExpressionSyntax or ArgumentListSyntax && outer.Parent is not LambdaExpressionSyntax)
            outer = outer.Parent;
        if (outer.Parent is not ExpressionStatementSyntax statement)
            return null;
        var isAlone = statement.Parent is BlockSyntax { Statements.Count: 1 };
        var owner = isAlone ? statement.Parent!.Parent : statement.Parent;
        if (owner is IfStatementSyntax { Else: null, Parent: BlockSyntax } test && IsNullTest(test.Condition, use.ToString()))
            return test;
        // Where it is all that a branch does, the branch would be left empty.
        var canGo = isAlone ? owner is FinallyClauseSyntax or BlockSyntax : owner is BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax;
        return canGo ? statement : null;
    }

    private static bool IsNullTest(ExpressionSyntax condition, string guard) => condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } test =>
            test.Left.ToString() == guard && test.Right.IsKind(SyntaxKind.NullLiteralExpression),
        IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax constant } } test =>
            test.Expression.ToString() == guard && constant.Expression.IsKind(SyntaxKind.NullLiteralExpression),
        _ => false,
    };

    /// <summary>The root without the statements; comments at them stay.</summary>
    /// <param name="tracked">Nodes that can be found in the result with <c>GetCurrentNode</c>.</param>
    public static SyntaxNode Remove(SyntaxNode root, IReadOnlyList<StatementSyntax> statements, params IEnumerable<SyntaxNode> tracked)
    {
        root = root.TrackNodes(statements.Concat(tracked).Distinct());
        foreach (var statement in statements)
            root = Remove(root, root.GetCurrentNode(statement)!);
        return root;
    }

    private static SyntaxNode Remove(SyntaxNode root, StatementSyntax statement)
    {
        if (statement.Parent is BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax attempt } })
        {
            return attempt.Catches.Count > 0
                ? root.ReplaceNode(attempt, attempt.WithFinally(null).WithTrailingTrivia(attempt.GetTrailingTrivia()))
                : root.ReplaceNode(attempt, Unwrapped(attempt));
        }

        root = Layout.StartsLine(statement) ? WithCommentsAfter(root, ref statement) : WithLineEndBefore(root, ref statement);
        SyntaxNode line = statement.Parent is GlobalStatementSyntax global ? global : statement;
        return root.RemoveNode(line, SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    /// <summary>Moves the comments and directives of a line that goes to the line below it.</summary>
    private static SyntaxNode WithCommentsAfter(SyntaxNode root, ref StatementSyntax statement)
    {
        var leading = statement.GetLeadingTrivia();
        var indent = Layout.Indentation(statement);
        var above = leading.Take(leading.Count - indent.Count).ToList();
        var kept = above.Any(Layout.IsText) ? above : [];
        if (statement.GetTrailingTrivia().Any(Layout.IsText))
            kept = [.. kept, .. indent, .. statement.GetTrailingTrivia().SkipWhile(trivia => !Layout.IsText(trivia))];
        if (kept.Count == 0)
            return root;
        var next = statement.GetLastToken().GetNextToken();
        return WithToken(root, next, below => below.WithLeadingTrivia(kept.Concat(below.LeadingTrivia)), ref statement);
    }

    /// <summary>Ends the line of what stands before on the same one.</summary>
    private static SyntaxNode WithLineEndBefore(SyntaxNode root, ref StatementSyntax statement)
    {
        var trailing = statement.GetTrailingTrivia();
        return WithToken(root, statement.GetFirstToken().GetPreviousToken(), previous => previous.WithTrailingTrivia(trailing), ref statement);
    }

    private static SyntaxNode WithToken(SyntaxNode root, SyntaxToken token, Func<SyntaxToken, SyntaxToken> change, ref StatementSyntax statement)
    {
        var going = new SyntaxAnnotation();
        root = root.ReplaceSyntax(
            [statement], (_, now) => now.WithAdditionalAnnotations(going), [token], (_, now) => change(now), [], (_, now) => now);
        statement = (StatementSyntax)root.GetAnnotatedNodes(going).Single();
        return root;
    }

    private static IEnumerable<StatementSyntax> Unwrapped(TryStatementSyntax attempt) => Unwrapping.Lines(attempt.Block)
        .Select((line, i) => i == 0 ? line.WithLeadingTrivia(attempt.GetLeadingTrivia().Concat(line.GetLeadingTrivia())) : line);
}
