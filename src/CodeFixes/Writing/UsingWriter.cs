using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Writes <c>using</c> in all forms.</summary>
/// <param name="isAsync">Whether the guard is disposed asynchronously: <c>await using</c>.</param>
internal readonly struct UsingWriter(bool isAsync)
{
    /// <summary>The writer for a guard of this type at a place; asynchronous where both allow it.</summary>
    public static UsingWriter For(ITypeSymbol guard, SyntaxNode place, Compilation compilation) =>
        new(AsyncPlace.AllowsAwait(place) && IsAsyncDisposable(guard, compilation));

    /// <summary>For titles.</summary>
    public string Keywords => isAsync ? "await using" : "using";

    private SyntaxToken Await => isAsync ? Keyword(SyntaxKind.AwaitKeyword) : default;

    /// <summary><c>using var name = value;</c></summary>
    public LocalDeclarationStatementSyntax Declaration(string name, ExpressionSyntax value)
    {
        var variable = VariableDeclarator(Identifier(name).WithTrailingTrivia(Space), null,
            EqualsValueClause(Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), value.WithoutTrivia()));
        return Layout.Fixed(LocalDeclarationStatement(
            Await, Keyword(SyntaxKind.UsingKeyword), default,
            VariableDeclaration(IdentifierName("var").WithTrailingTrivia(Space), SingletonSeparatedList(variable)),
            Token(SyntaxKind.SemicolonToken)));
    }

    /// <summary>The declaration as it stands, with <c>using</c> before it.</summary>
    public LocalDeclarationStatementSyntax Declaration(LocalDeclarationStatementSyntax declaration)
    {
        var bare = declaration.WithLeadingTrivia();
        return bare
            .WithUsingKeyword(Keyword(SyntaxKind.UsingKeyword))
            .WithAwaitKeyword(Await)
            .WithLeadingTrivia(declaration.GetLeadingTrivia());
    }

    /// <summary><c>using (guard) { … }</c></summary>
    public UsingStatementSyntax Statement(ExpressionSyntax guard, StatementSyntax body) => UsingStatement(null, guard.WithoutTrivia(), body)
        .WithUsingKeyword(Keyword(SyntaxKind.UsingKeyword))
        .WithAwaitKeyword(Await)
        .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary><c>await value</c></summary>
    public static AwaitExpressionSyntax Awaited(ExpressionSyntax value) =>
        AwaitExpression(Keyword(SyntaxKind.AwaitKeyword), Operands.Parenthesized(value.WithoutTrivia()));

    public static bool IsAsyncDisposable(ITypeSymbol type, Compilation compilation) =>
        compilation.GetTypeByMetadataName("System.IAsyncDisposable") is { } disposable
        && (SymbolEqualityComparer.Default.Equals(type, disposable) || type.AllInterfaces.Contains(disposable, SymbolEqualityComparer.Default));

    private static SyntaxToken Keyword(SyntaxKind kind) => Token(kind).WithTrailingTrivia(Space);
}
