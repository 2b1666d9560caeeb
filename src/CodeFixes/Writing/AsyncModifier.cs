using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Marks functions <c>async</c>.</summary>
internal static class AsyncModifier
{
    /// <summary>The method, local function or lambda with the modifier; anything else as it is.</summary>
    public static SyntaxNode Add(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.WithLeadingTrivia().WithAsyncKeyword(Async).WithLeadingTrivia(lambda.GetLeadingTrivia()),
        MethodDeclarationSyntax { Modifiers.Count: 0 } method =>
            method.WithModifiers(Before(method.ReturnType)).WithReturnType(method.ReturnType.WithLeadingTrivia()),
        MethodDeclarationSyntax method => method.WithModifiers(AddTo(method.Modifiers)),
        LocalFunctionStatementSyntax { Modifiers.Count: 0 } local =>
            local.WithModifiers(Before(local.ReturnType)).WithReturnType(local.ReturnType.WithLeadingTrivia()),
        LocalFunctionStatementSyntax local => local.WithModifiers(AddTo(local.Modifiers)),
        _ => function,
    };

    /// <summary>Nothing may stand between <c>partial</c> and the type.</summary>
    private static SyntaxTokenList AddTo(SyntaxTokenList modifiers)
    {
        var place = modifiers.IndexOf(SyntaxKind.PartialKeyword);
        return place switch
        {
            < 0 => modifiers.Add(Async),
            0 => TokenList(Async.WithLeadingTrivia(modifiers[0].LeadingTrivia), modifiers[0].WithLeadingTrivia()),
            _ => modifiers.Insert(place, Async),
        };
    }

    private static SyntaxTokenList Before(TypeSyntax type) => TokenList(Async.WithLeadingTrivia(type.GetLeadingTrivia()));

    private static SyntaxToken Async => Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space);
}
