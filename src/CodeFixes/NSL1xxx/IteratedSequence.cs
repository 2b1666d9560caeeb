using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.CodeFixes.Repairs;
using NamespaceLocking.CodeFixes.Writing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.NSL1xxx;

/// <summary>Has a function that returns an asynchronous sequence go over it itself, while its guard is held: <c>await foreach (var item in sequence) yield return item;</c></summary>
internal static class IteratedSequence
{
    /// <summary>Only for the last statement of a function that has no other return, and so can become an iterator.</summary>
    public static IEnumerable<Proposal> Propose(RepairContext context, ExpressionSyntax sequence)
    {
        if (sequence.Parent is not ReturnStatementSyntax returned
            || returned.ReturnKeyword.TrailingTrivia.Any(Layout.IsText)
            || AsyncPlace.FunctionOf(returned) is not { } function
            || function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || AsyncPlace.IsAsync(function)
            || ExpressionBody.MethodOf(function, context.Model)?.ReturnType.Name != "IAsyncEnumerable"
            || !IsLast(returned, function)
            || Own(function).OfType<ReturnStatementSyntax>().Skip(1).Any())
        {
            yield break;
        }

        var root = context.Root.TrackNodes(returned, function);
        var name = new FreeNames(function.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? function).Take("item");
        var gap = Layout.StartsLine(returned) ? $"{Layout.EndOfLine(returned)}{Layout.Indentation(returned).ToFullString()}    " : " ";
        var loop = Layout.Fixed(ParseStatement($"await foreach (var {name} in {sequence.WithoutTrivia().ToFullString()}){gap}yield return {name};"));
        root = root.ReplaceNode(root.GetCurrentNode(returned)!, loop.WithTriviaFrom(returned));
        var current = root.GetCurrentNode(function)!;
        yield return new Proposal("Go over it while the guard is held", root.ReplaceNode(current, AsyncModifier.Add(current)));
    }

    /// <summary>Whether nothing of the function follows the statement, but what <c>using</c> and <c>finally</c> do.</summary>
    private static bool IsLast(StatementSyntax statement, SyntaxNode function) => statement.Parent switch
    {
        BlockSyntax block when block.Statements.Last(other => other is not LocalFunctionStatementSyntax || other == statement) != statement => false,
        BlockSyntax { Parent: var outer } when outer == function => true,
        BlockSyntax { Parent: TryStatementSyntax attempt } block => attempt.Block == block && IsLast(attempt, function),
        BlockSyntax block => IsLast(block, function),
        UsingStatementSyntax outer => IsLast(outer, function),
        _ => false,
    };

    private static IEnumerable<SyntaxNode> Own(SyntaxNode function) => function.DescendantNodes(node =>
        node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));
}
