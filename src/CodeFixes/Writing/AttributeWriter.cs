using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Puts attributes on a declaration, each on a line of its own, below its comments and the attributes that it has.</summary>
internal static class AttributeWriter
{
    public static SyntaxNode Add(SyntaxNode declaration, IReadOnlyList<AttributeSyntax> attributes)
    {
        var existing = ListsOf(declaration);
        var isOnOwnLine = Layout.StartsLine(declaration) && !existing.Any(list => !list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia));
        var indent = isOnOwnLine ? Layout.Indentation(declaration) : default;
        var end = isOnOwnLine ? TriviaList(Layout.EndOfLine(declaration)) : TriviaList(Space);
        var added = attributes.Select(attribute => AttributeList(SingletonSeparatedList(attribute)).WithLeadingTrivia(indent).WithTrailingTrivia(end)).ToList();
        if (existing.Count > 0)
            return WithLists(declaration, existing.AddRange(added));
        added[0] = added[0].WithLeadingTrivia(declaration.GetLeadingTrivia());
        return WithLists(declaration.WithLeadingTrivia(indent), List(added));
    }

    private static SyntaxList<AttributeListSyntax> ListsOf(SyntaxNode declaration) =>
        (declaration as MemberDeclarationSyntax)?.AttributeLists ?? ((LocalFunctionStatementSyntax)declaration).AttributeLists;

    private static SyntaxNode WithLists(SyntaxNode declaration, SyntaxList<AttributeListSyntax> lists) => declaration is MemberDeclarationSyntax member
        ? member.WithAttributeLists(lists)
        : ((LocalFunctionStatementSyntax)declaration).WithAttributeLists(lists);
}
