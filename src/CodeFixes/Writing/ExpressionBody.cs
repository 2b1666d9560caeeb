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
        SyntaxNode root, SemanticModel model, ExpressionSyntax body, IReadOnlyList<StatementSyntax> before, SyntaxNode self, IReadOnlyList<StatementSyntax> after)
    {
        var owner = body.Parent is ArrowExpressionClauseSyntax arrow ? arrow.Parent! : body.Parent!;
        var comments = CommentsBefore(body);
        var statement = self as StatementSyntax ?? Statement((ExpressionSyntax)self, ReturnsValue(owner, model));
        var end = Layout.ElasticEndOfLine(root);
        var block = Block(before.Concat([statement.WithLeadingTrivia(comments)]).Concat(after).Select(line => line.WithTrailingTrivia(end)));
        block = block.WithOpenBraceToken(block.OpenBraceToken.WithTrailingTrivia(end));
        return root.ReplaceNode(owner, WithBlock(owner, block).WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static StatementSyntax Statement(ExpressionSyntax expression, bool isReturned) => isReturned
        ? ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), expression.WithoutTrivia(), Token(SyntaxKind.SemicolonToken))
        : ExpressionStatement(expression.WithoutTrivia());

    private static bool ReturnsValue(SyntaxNode owner, SemanticModel model)
    {
        if (owner is BasePropertyDeclarationSyntax)
            return true;
        var method = owner is LambdaExpressionSyntax ? model.GetSymbolInfo(owner).Symbol as IMethodSymbol : model.GetDeclaredSymbol(owner) as IMethodSymbol;
        return method is { ReturnsVoid: false } and not { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 0 } };
    }

    private static SyntaxNode WithBlock(SyntaxNode owner, BlockSyntax block)
    {
        var missing = default(SyntaxToken);
        return owner switch
        {
            MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(missing).WithBody(End(block, method.SemicolonToken)),
            ConstructorDeclarationSyntax constructor =>
                constructor.WithExpressionBody(null).WithSemicolonToken(missing).WithBody(End(block, constructor.SemicolonToken)),
            OperatorDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(missing).WithBody(End(block, method.SemicolonToken)),
            ConversionOperatorDeclarationSyntax method =>
                method.WithExpressionBody(null).WithSemicolonToken(missing).WithBody(End(block, method.SemicolonToken)),
            DestructorDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(missing).WithBody(End(block, method.SemicolonToken)),
            LocalFunctionStatementSyntax function =>
                function.WithExpressionBody(null).WithSemicolonToken(missing).WithBody(End(block, function.SemicolonToken)),
            AccessorDeclarationSyntax accessor =>
                accessor.WithExpressionBody(null).WithSemicolonToken(missing).WithBody(End(block, accessor.SemicolonToken)),
            PropertyDeclarationSyntax property =>
                property.WithExpressionBody(null).WithSemicolonToken(missing).WithAccessorList(Getter(block, property.SemicolonToken)),
            IndexerDeclarationSyntax indexer =>
                indexer.WithExpressionBody(null).WithSemicolonToken(missing).WithAccessorList(Getter(block, indexer.SemicolonToken)),
            LambdaExpressionSyntax lambda => lambda.WithExpressionBody(null).WithBlock(block),
            _ => owner,
        };
    }

    private static BlockSyntax End(BlockSyntax block, SyntaxToken semicolon) =>
        block.WithCloseBraceToken(block.CloseBraceToken.WithTrailingTrivia(semicolon.TrailingTrivia));

    private static AccessorListSyntax Getter(BlockSyntax block, SyntaxToken semicolon)
    {
        var list = AccessorList(SingletonList(AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, block)));
        return list.WithCloseBraceToken(list.CloseBraceToken.WithTrailingTrivia(semicolon.TrailingTrivia));
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
