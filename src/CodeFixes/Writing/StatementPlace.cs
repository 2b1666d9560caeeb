using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>The statement that a node is in, or the expression that is a whole body: a place that can be given company.</summary>
internal sealed class StatementPlace
{
    private StatementPlace(SyntaxNode anchor) => Anchor = anchor;

    /// <summary>A statement; or an expression, the body of a member or of a lambda.</summary>
    public SyntaxNode Anchor { get; }

    public int Position => Anchor.SpanStart;

    /// <summary>Null where there is no statement: a field's initializer, a constructor's, an attribute.</summary>
    public static StatementPlace? Of(SyntaxNode node)
    {
        for (var (inner, outer) = (node, node.Parent); outer is not null; (inner, outer) = (outer, outer.Parent))
        {
            switch (inner)
            {
                case ExpressionSyntax when outer is ArrowExpressionClauseSyntax || (outer is LambdaExpressionSyntax lambda && lambda.ExpressionBody == inner):
                    return new StatementPlace(inner);
                case LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;
                case StatementSyntax and not BlockSyntax:
                    return new StatementPlace(inner);
            }
        }

        return null;
    }

    /// <summary>The root with statements put around the place.</summary>
    /// <param name="self">What the anchor becomes, an expression or a statement; null where it stays as it is.</param>
    public SyntaxNode Surround(
        SyntaxNode root, SemanticModel model, IReadOnlyList<StatementSyntax> before, SyntaxNode? self = null, IReadOnlyList<StatementSyntax>? after = null)
    {
        self ??= Anchor;
        after ??= [];
        if (Anchor is ExpressionSyntax body)
            return ExpressionBody.Replace(root, model, body, before, self, after);
        var anchor = (StatementSyntax)Anchor;
        var statement = (StatementSyntax)self;
        switch (anchor.Parent)
        {
            case GlobalStatementSyntax global:
                return root.ReplaceNode(global, Arranged().Select(line => SyntaxFactory.GlobalStatement(line)));
            case BlockSyntax:
            case SwitchSectionSyntax when !IsUsingDeclaration(statement) && !before.Concat(after).Any(IsUsingDeclaration):
                return root.ReplaceNode(anchor, Arranged());
            case SwitchSectionSyntax section:
                // A section cannot declare with 'using', a block in it can.
                var all = section.Statements.ReplaceRange(anchor, Arranged());
                return root.ReplaceNode(section, section.WithStatements(SyntaxFactory.SingletonList<StatementSyntax>(Block(all))));
            default:
                return root.ReplaceNode(anchor, before.Count + after.Count == 0 && !IsUsingDeclaration(statement)
                    ? statement.WithTriviaFrom(anchor)
                    : Block([.. before, statement.WithTriviaFrom(anchor), .. after]));
        }

        IReadOnlyList<StatementSyntax> Arranged() => Layout.Arrange(anchor, before, statement, after);
    }

    /// <summary>A block, each statement on a line of its own.</summary>
    private BlockSyntax Block(IReadOnlyList<StatementSyntax> statements)
    {
        var block = SyntaxFactory.Block(statements.Select(line => line.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)
            ? line
            : line.WithTrailingTrivia(line.GetTrailingTrivia().Add(Layout.ElasticEndOfLine(Anchor)))));
        // Elastic, the formatter would put a blank line behind it.
        return block
            .WithCloseBraceToken(block.CloseBraceToken.WithTrailingTrivia(Layout.EndOfLine(Anchor)))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static bool IsUsingDeclaration(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword };
}
