using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Has a function await the tasks that it returned: <c>return await task;</c>, or <c>await task; return;</c> where that yields nothing.</summary>
/// <param name="function">The function; others in it keep their returns.</param>
/// <param name="hasResult">Whether the tasks yield something.</param>
internal sealed class AwaitedReturns(SyntaxNode function, bool hasResult) : CSharpSyntaxRewriter
{
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax && node != function)
            return node;
        var isBody = node is ExpressionSyntax && (node.Parent == function && (function as LambdaExpressionSyntax)?.ExpressionBody == node
            || node.Parent is ArrowExpressionClauseSyntax arrow && arrow.Parent == function);
        return isBody ? Awaited((ExpressionSyntax)node!) : base.Visit(node);
    }

    public override SyntaxList<TNode> VisitList<TNode>(SyntaxList<TNode> list) => list.Any(node => node is ReturnStatementSyntax)
        ? List(list.SelectMany(node => node is ReturnStatementSyntax statement ? Written(statement).Cast<TNode>() : [(TNode)Visit(node)!]))
        : base.VisitList(list);

    /// <summary>One that is all of a branch: where it becomes two statements, they need a block.</summary>
    public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
    {
        var written = Written(node, isAlone: true);
        if (written is [var only])
            return only;
        var block = Block(written);
        // Elastic, the formatter would put a blank line behind it.
        return block.WithCloseBraceToken(block.CloseBraceToken.WithTrailingTrivia(Layout.EndOfLine(node))).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <param name="isAlone">Whether it stands in no list: something has to be there.</param>
    private IReadOnlyList<StatementSyntax> Written(ReturnStatementSyntax statement, bool isAlone = false)
    {
        if (statement.Expression is not { } task)
            return [statement];
        if (hasResult)
            return [statement.WithExpression(ResultOf(task) ?? (task.IsKind(SyntaxKind.DefaultLiteralExpression) ? task : Awaited(task)))];
        var isLast = IsLast(statement);
        if (IsCompleted(task))
        {
            var isSilent = !statement.DescendantTrivia().Any(Layout.IsText);
            return isLast && isSilent && !isAlone
                ? []
                : [statement.WithExpression(null).WithReturnKeyword(statement.ReturnKeyword.WithTrailingTrivia())];
        }

        var awaiting = ExpressionStatement(Awaited(task.WithLeadingTrivia(CommentsOf(task))), statement.SemicolonToken);
        if (isLast)
            return [awaiting.WithTriviaFrom(statement)];
        // What stands behind the statement stays with the task.
        var end = statement.GetTrailingTrivia();
        return
        [
            awaiting.WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(end.Any(SyntaxKind.EndOfLineTrivia) ? end : end.Add(Space)),
            ReturnStatement()
                .WithLeadingTrivia(Layout.StartsLine(statement) ? Layout.Indentation(statement) : default)
                .WithTrailingTrivia(end.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))),
        ];
    }

    private static IEnumerable<SyntaxTrivia> CommentsOf(SyntaxNode node) => node.GetLeadingTrivia() is var trivia && trivia.Any(Layout.IsText) ? trivia : [];

    private static AwaitExpressionSyntax Awaited(ExpressionSyntax task) =>
        UsingWriter.Awaited(task).WithLeadingTrivia(task.GetLeadingTrivia()).WithTrailingTrivia(task.GetTrailingTrivia());

    /// <summary>Whether the function ends behind it.</summary>
    private bool IsLast(SyntaxNode statement) => statement.Parent switch
    {
        var owner when owner == function => true,
        BlockSyntax block => block.Statements.Last(other => other == statement || other is not LocalFunctionStatementSyntax) == statement && IsLast(block),
        ElseClauseSyntax or CatchClauseSyntax => IsLast(statement.Parent.Parent!),
        StatementSyntax outer => !IsLoop(outer) && IsLast(outer),
        _ => false,
    };

    private static bool IsLoop(StatementSyntax statement) =>
        statement is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    /// <summary>What <c>Task.FromResult(value)</c> yields.</summary>
    private static ExpressionSyntax? ResultOf(ExpressionSyntax task) =>
        task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" } access, ArgumentList.Arguments: [var value] }
        && IsTaskType(access.Expression)
            ? value.Expression
            : null;

    private static bool IsCompleted(ExpressionSyntax task) => task switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } access => IsTaskType(access.Expression),
        _ => task.IsKind(SyntaxKind.DefaultLiteralExpression) || task is DefaultExpressionSyntax,
    };

    private static bool IsTaskType(ExpressionSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => "",
    } is "Task" or "ValueTask";
}
