using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Turns a body that is one expression into a block.</summary>
internal static class ExpressionBody
{
    /// <param name="self">What the expression becomes: an expression or a statement.</param>
    public static SyntaxNode Replace(
        SyntaxNode root,
        SemanticModel model,
        ExpressionSyntax body,
        IReadOnlyList<StatementSyntax> before,
        SyntaxNode self,
        IReadOnlyList<StatementSyntax> after)
    {
        var owner = body.Parent is ArrowExpressionClauseSyntax arrow ? arrow.Parent! : body.Parent!;
        var statement = self as StatementSyntax ?? Statement((ExpressionSyntax)self, ReturnsValue(owner, model));
        StatementSyntax[] lines = [.. before, statement.WithLeadingTrivia(CommentsBefore(body)), .. after];
        var end = Layout.ElasticEndOfLine(root);
        var block = Block(lines.Select(line => line.WithTrailingTrivia(end)));
        block = block.WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia(end));
        return root.ReplaceNode(owner, WithBlock(owner, block).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static StatementSyntax Statement(ExpressionSyntax expression, bool isReturned) => isReturned
        ? ReturnStatement(expression.WithoutTrivia()).WithReturnKeyword(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space))
        : ExpressionStatement(expression.WithoutTrivia());

    private static bool ReturnsValue(SyntaxNode owner, SemanticModel model)
    {
        if (owner is BasePropertyDeclarationSyntax)
            return true;
        return MethodOf(owner, model) is { ReturnsVoid: false } and not { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 0 } };
    }

    public static IMethodSymbol? MethodOf(SyntaxNode function, SemanticModel model) =>
        (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function).Symbol : model.GetDeclaredSymbol(function)) as IMethodSymbol;

    private static SyntaxNode WithBlock(SyntaxNode owner, BlockSyntax block) => owner switch
    {
        MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(End(block, method)),
        ConstructorDeclarationSyntax constructor =>
            constructor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(End(block, constructor)),
        OperatorDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(End(block, method)),
        ConversionOperatorDeclarationSyntax method =>
            method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(End(block, method)),
        DestructorDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(End(block, method)),
        LocalFunctionStatementSyntax function =>
            function.WithExpressionBody(null).WithSemicolonToken(default).WithBody(End(block, function)),
        AccessorDeclarationSyntax accessor =>
            accessor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(End(block, accessor)),
        PropertyDeclarationSyntax property =>
            property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(block, property)),
        IndexerDeclarationSyntax indexer =>
            indexer.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(block, indexer)),
        LambdaExpressionSyntax lambda => lambda.WithExpressionBody(null).WithBlock(block),
        _ => owner,
    };

    /// <summary>The block, with what stands behind the semicolon that it replaces.</summary>
    private static BlockSyntax End(BlockSyntax block, SyntaxNode owner) =>
        block.WithCloseBraceToken(block.CloseBraceToken.WithTrailingTrivia(owner.GetTrailingTrivia()));

    private static AccessorListSyntax Getter(BlockSyntax block, SyntaxNode owner)
    {
        var list = AccessorList(SingletonList(AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, block)));
        return list.WithCloseBraceToken(list.CloseBraceToken.WithTrailingTrivia(owner.GetTrailingTrivia()));
    }

    /// <summary>The comments between the arrow and the expression, each on a line of its own.</summary>
    private static IEnumerable<SyntaxTrivia> CommentsBefore(ExpressionSyntax body)
    {
        var arrow = body.GetFirstToken().GetPreviousToken();
        foreach (var trivia in arrow.LeadingTrivia.Concat(arrow.TrailingTrivia).Concat(body.GetLeadingTrivia()))
        {
            if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            {
                yield return trivia;
                yield return Layout.ElasticEndOfLine(body);
            }
        }
    }
}
