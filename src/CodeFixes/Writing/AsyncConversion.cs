using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Makes a function that returns another one's task await it: a guard in it would end before the task does.</summary>
internal sealed class AsyncConversion
{
    private readonly SyntaxNode _function;

    private AsyncConversion(SyntaxNode function, StatementSyntax statement) => (_function, Statement) = (function, statement);

    /// <summary>What returned the task, awaiting it.</summary>
    public StatementSyntax Statement { get; }

    /// <summary>Null where the task is not what the function returns, there and nowhere else.</summary>
    public static AsyncConversion? Of(ExpressionSyntax task, StatementPlace place, SemanticModel model, KnownSymbols known)
    {
        if (AsyncPlace.FunctionOf(place.Anchor) is not { } function
            || function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or LambdaExpressionSyntax)
            || AsyncPlace.IsAsync(function)
            || !IsAllThatIsReturned(task, place, function))
        {
            return null;
        }

        if (ExpressionBody.MethodOf(function, model) is not { } method || !known.IsTask(method.ReturnType))
            return null;
        var awaited = UsingWriter.Awaited(task);
        return new AsyncConversion(function, known.TaskResult(method.ReturnType) is null
            ? ExpressionStatement(awaited)
            : ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), awaited, Token(SyntaxKind.SemicolonToken)));
    }

    private static bool IsAllThatIsReturned(ExpressionSyntax task, StatementPlace place, SyntaxNode function)
    {
        if (place.Anchor is not ReturnStatementSyntax statement)
            return place.Anchor == task;
        var returns = function
            .DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>();
        return statement.Expression == task && statement.Parent?.Parent == function && returns.Count() == 1;
    }

    /// <summary>The root with the function marked <c>async</c>; what has changed in it since lies behind its beginning.</summary>
    public SyntaxNode Apply(SyntaxNode root)
    {
        var function = root.FindToken(_function.SpanStart).Parent!
            .AncestorsAndSelf()
            .Last(node => node.SpanStart == _function.SpanStart && node.RawKind == _function.RawKind);
        return root.ReplaceNode(function, AsyncModifier.Add(function));
    }
}
