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
        var isOnOwnLine = declaration is not ParameterSyntax && Layout.StartsLine(declaration) && existing.All(list => list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia));
        var indent = isOnOwnLine ? Layout.Indentation(declaration) : default;
        var end = isOnOwnLine ? TriviaList(Layout.EndOfLine(declaration)) : TriviaList(Space);
        var added = attributes
            .Select(attribute => AttributeList(SingletonSeparatedList(attribute)).WithLeadingTrivia(indent).WithTrailingTrivia(end))
            .ToList();
        if (existing.Count > 0)
            return WithLists(declaration, existing.AddRange(added));
        added[0] = added[0].WithLeadingTrivia(declaration.GetLeadingTrivia());
        return WithLists(declaration.WithLeadingTrivia(indent), List(added));
    }

    /// <summary>The declaration without one of its attributes, and with all comments.</summary>
    public static SyntaxNode Remove(SyntaxNode declaration, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        if (list.Attributes.Count > 1)
            return declaration.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!;
        return WithLists(declaration, ListsOf(declaration).Remove(list)).WithLeadingTrivia(declaration.GetLeadingTrivia());
    }

    private static SyntaxList<AttributeListSyntax> ListsOf(SyntaxNode declaration) => declaration switch
    {
        MemberDeclarationSyntax member => member.AttributeLists,
        ParameterSyntax parameter => parameter.AttributeLists,
        AccessorDeclarationSyntax accessor => accessor.AttributeLists,
        _ => ((LocalFunctionStatementSyntax)declaration).AttributeLists,
    };

    private static SyntaxNode WithLists(SyntaxNode declaration, SyntaxList<AttributeListSyntax> lists) => declaration switch
    {
        MemberDeclarationSyntax member => member.WithAttributeLists(lists),
        ParameterSyntax parameter => parameter.WithAttributeLists(lists),
        AccessorDeclarationSyntax accessor => accessor.WithAttributeLists(lists),
        _ => ((LocalFunctionStatementSyntax)declaration).WithAttributeLists(lists),
    };
}
