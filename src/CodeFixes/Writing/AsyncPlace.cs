using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Tells where <c>await</c> can be written without changing what is around it.</summary>
internal static class AsyncPlace
{
    public static bool AllowsAwait(SyntaxNode place)
    {
        for (var node = place.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case LockStatementSyntax or UnsafeStatementSyntax or FixedStatementSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return IsAsync(node);
                case CompilationUnitSyntax unit:
                    // One 'await' makes the entry point asynchronous; the first is for its author to write.
                    return unit.Members.OfType<GlobalStatementSyntax>().Any(Awaits);
            }
        }

        return false;
    }

    /// <summary>The lambda, local function or member whose body the place is in.</summary>
    public static SyntaxNode? FunctionOf(SyntaxNode place) => place.Ancestors().FirstOrDefault(node =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);

    public static bool IsAsync(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword != default,
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    private static bool Awaits(SyntaxNode statement) => statement
        .DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Any(node => node is AwaitExpressionSyntax
            or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 });
}
