using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>A function that returns tasks without being asynchronous, and what it becomes where it awaits them itself: its type stays.</summary>
internal sealed class AsyncFunction
{
    private readonly bool _hasResult;

    private AsyncFunction(SyntaxNode function, bool hasResult) => (Node, _hasResult) = (function, hasResult);

    /// <summary>The method, local function or lambda.</summary>
    public SyntaxNode Node { get; }

    /// <summary>Null where the function around the place is asynchronous, returns no task, or is an iterator, an accessor and the like.</summary>
    public static AsyncFunction? Of(SyntaxNode place, SemanticModel model, KnownSymbols known)
    {
        if (AsyncPlace.FunctionOf(place) is not { } function
            || function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)
            || AsyncPlace.IsAsync(function)
            || ExpressionBody.MethodOf(function, model) is not { } method
            || !known.IsTask(method.ReturnType))
        {
            return null;
        }

        return new AsyncFunction(function, known.TaskResult(method.ReturnType) is not null);
    }

    /// <summary>The root with the function, which is tracked in it, marked <c>async</c>, and with an <c>await</c> in each of its returns.</summary>
    public SyntaxNode Apply(SyntaxNode tracked)
    {
        var function = tracked.GetCurrentNode(Node)!;
        return tracked.ReplaceNode(function, AsyncModifier.Add(new AwaitedReturns(function, _hasResult).Visit(function)!));
    }
}
