using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>The parts of a member that can run on every way through it, by its syntax alone: what else it calls, it does not call for certain.</summary>
/// <remarks>More than really run on every way; less only where an early <c>return</c> reads a property that acquires, by its name alone.</remarks>
internal static class CertainCode
{
    private static readonly int Return = NameScanner.HashOf("return");
    private static readonly int Yield = NameScanner.HashOf("yield");

    public static List<TextSpan> Of(SyntaxNode member)
    {
        var spans = new List<TextSpan>();
        switch (member)
        {
            case BaseMethodDeclarationSyntax { Body: { } body } method:
                if (method is ConstructorDeclarationSyntax { Initializer: { } initializer })
                    spans.Add(initializer.Span);
                AddStatement(body, spans);
                break;
            case AccessorDeclarationSyntax { Body: { } body }:
                AddStatement(body, spans);
                break;
            case PropertyDeclarationSyntax { AccessorList: { } accessors }:
                foreach (var accessor in accessors.Accessors)
                    spans.AddRange(Of(accessor));
                break;
            default:
                spans.Add(member.Span);
                break;
        }

        return spans;
    }

    /// <returns>Whether what comes after it can run on every way.</returns>
    private static bool AddStatement(StatementSyntax statement, List<TextSpan> spans)
    {
        switch (statement)
        {
            case BlockSyntax block:
                foreach (var inner in block.Statements)
                {
                    if (!AddStatement(inner, spans))
                    {
                        // They are called from anywhere in the block.
                        foreach (var function in block.Statements)
                        {
                            if (function is LocalFunctionStatementSyntax && function.SpanStart > inner.SpanStart)
                                spans.Add(function.Span);
                        }

                        return false;
                    }
                }

                return true;
            case IfStatementSyntax { Else: null, Condition: not LiteralExpressionSyntax } test:
                spans.Add(test.Condition.Span);
                return AddOptional(test.Statement, spans);
            case WhileStatementSyntax { Condition: not LiteralExpressionSyntax } loop:
                spans.Add(loop.Condition.Span);
                return AddOptional(loop.Statement, spans);
            case ForStatementSyntax { Condition: not (null or LiteralExpressionSyntax) } loop:
                spans.Add(TextSpan.FromBounds(loop.OpenParenToken.SpanStart, loop.CloseParenToken.Span.End));
                return AddOptional(loop.Statement, spans);
            case CommonForEachStatementSyntax loop:
                spans.Add(loop.Expression.Span);
                return AddOptional(loop.Statement, spans);
            case SwitchStatementSyntax choice when !choice.Sections.Any(static section => section.Labels.Any(SyntaxKind.DefaultSwitchLabel)):
                spans.Add(choice.Expression.Span);
                var goesOn = true;
                foreach (var section in choice.Sections)
                {
                    foreach (var inner in section.Statements)
                        goesOn &= AddOptional(inner, spans);
                }

                return goesOn;
            case TryStatementSyntax { Catches.Count: 0 } attempt:
                if (attempt.Finally is { } last)
                    spans.Add(last.Span);
                return AddStatement(attempt.Block, spans);
            case UsingStatementSyntax scope:
                spans.Add(TextSpan.FromBounds(scope.OpenParenToken.SpanStart, scope.CloseParenToken.Span.End));
                return AddStatement(scope.Statement, spans);
            case LockStatementSyntax scope:
                spans.Add(scope.Expression.Span);
                return AddStatement(scope.Statement, spans);
            default:
                spans.Add(statement.Span);
                return true;
        }
    }

    /// <summary>Whether the node may not run though its statement does: what follows <c>&amp;&amp;</c>, <c>||</c>, <c>??</c> or <c>?.</c>.</summary>
    public static bool IsOptional(SyntaxNode node)
    {
        for (; node.Parent is ExpressionSyntax or ArgumentListSyntax or ArgumentSyntax; node = node.Parent)
        {
            if (node.Parent is AnonymousFunctionExpressionSyntax)
                return false;
            if ((node.Parent is BinaryExpressionSyntax binary && binary.Right == node
                    && binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression)
                || (node.Parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == node))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What may not run at all: where it leaves the member, it counts like what would run otherwise, if it does anything.</summary>
    private static bool AddOptional(StatementSyntax statement, List<TextSpan> spans)
    {
        if (!MayLeave(statement))
            return true;
        var (leaves, acts) = (false, false);
        foreach (var node in statement.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            leaves |= node.IsKind(SyntaxKind.ReturnStatement) || node.IsKind(SyntaxKind.YieldBreakStatement);
            acts |= node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax
                or ElementAccessExpressionSyntax;
        }

        if (!leaves)
            return true;
        if (acts)
            spans.Add(statement.Span);
        return acts;
    }

    /// <summary>By the text alone: most code leaves nothing, and its syntax need not be made.</summary>
    private static bool MayLeave(StatementSyntax statement)
    {
        var scanner = new NameScanner(statement.SyntaxTree.GetText(), statement.Span);
        while (scanner.MoveNext())
        {
            if (scanner.Hash == Return || scanner.Hash == Yield)
                return true;
        }

        return false;
    }
}
