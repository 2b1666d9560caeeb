using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Imports the namespace of a type where a file does without it so far.</summary>
internal static class UsingDirectives
{
    /// <summary>The root with a directive for the type's namespace; as it is where it has one, or where its names could change meaning.</summary>
    public static SyntaxNode Import(SyntaxNode root, INamedTypeSymbol type, SemanticModel model, int position)
    {
        var isKnown = model.LookupNamespacesAndTypes(position, name: type.Name).Contains(type, SymbolEqualityComparer.Default);
        var names = new HashSet<string>(type.ContainingNamespace.GetTypeMembers().Select(member => member.Name));
        var isAmbiguous = model.SyntaxTree.GetRoot().DescendantTokens().Any(token => names.Contains(token.ValueText));
        return isKnown || isAmbiguous || root is not CompilationUnitSyntax unit ? root : Add(unit, type.ContainingNamespace.ToDisplayString());
    }

    private static CompilationUnitSyntax Add(CompilationUnitSyntax unit, string name)
    {
        var end = Layout.EndOfLine(unit);
        var directive = UsingDirective(ParseName(name))
            .WithUsingKeyword(Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(Space))
            .WithTrailingTrivia(end);
        if (unit.Usings.Count == 0)
        {
            var first = unit.GetFirstToken(includeZeroWidth: true);
            return unit
                .ReplaceToken(first, first.WithLeadingTrivia(end))
                .AddUsings(directive.WithLeadingTrivia(first.LeadingTrivia));
        }

        var place = unit.Usings.TakeWhile(other => IsBefore(other, name)).Count();
        if (place > 0)
            return unit.WithUsings(unit.Usings.Insert(place, directive));
        var next = unit.Usings[0];
        var usings = unit.Usings.Replace(next, next.WithLeadingTrivia());
        return unit.WithUsings(usings.Insert(0, directive.WithLeadingTrivia(next.GetLeadingTrivia())));
    }

    private static bool IsBefore(UsingDirectiveSyntax other, string name) => other.Alias is null && other.StaticKeyword == default
        && (other.GlobalKeyword != default || (IsSystem($"{other.Name}") == IsSystem(name) ? string.CompareOrdinal($"{other.Name}", name) < 0 : IsSystem($"{other.Name}")));

    private static bool IsSystem(string name) => (name + ".").StartsWith("System.", StringComparison.Ordinal);
}
