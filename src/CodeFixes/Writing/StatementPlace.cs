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
        var statements = Layout.Arrange(anchor, before, (StatementSyntax)self, after);
        switch (anchor.Parent)
        {
            case BlockSyntax:
            case SwitchSectionSyntax when !statements.Any(IsUsingDeclaration):
                return root.ReplaceNode(anchor, statements);
            case GlobalStatementSyntax global:
                return root.ReplaceNode(global, statements.Select(statement => SyntaxFactory.GlobalStatement(statement)));
            case SwitchSectionSyntax section:
                // A section cannot declare with 'using', a block in it can.
                var all = section.Statements.ReplaceRange(anchor, statements);
                return root.ReplaceNode(section, section.WithStatements(SyntaxFactory.SingletonList<StatementSyntax>(Formatted(SyntaxFactory.Block(all)))));
            default:
                return root.ReplaceNode(anchor, statements.Count == 1 && !IsUsingDeclaration(statements[0]) ? statements[0] : Formatted(SyntaxFactory.Block(statements)));
        }
    }

    private static BlockSyntax Formatted(BlockSyntax block) => block.WithAdditionalAnnotations(Formatter.Annotation);

    private static bool IsUsingDeclaration(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword };
}
