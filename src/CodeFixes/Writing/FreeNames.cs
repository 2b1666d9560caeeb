using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.CodeFixes.Writing;

/// <summary>Names that nothing in a member has.</summary>
/// <remarks>Every identifier of the member counts as taken: a new local must neither clash with a variable nor hide a field or type that is named there.</remarks>
internal sealed class FreeNames(SyntaxNode member)
{
    private readonly HashSet<string> _taken =
        [.. member.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];

    /// <summary>The name, or the name with the first number that makes it free; taken from then on.</summary>
    public string Take(string wished)
    {
        var name = wished;
        for (var i = 2; !_taken.Add(name); i++)
            name = wished + i;
        return name;
    }

    /// <summary>The name of a guard on these namespaces: <c>nsGuard</c> for <c>ns</c>, <c>namespaceGuard</c> for <c>group.Namespace</c>.</summary>
    public string TakeForGuard(params IEnumerable<ExpressionSyntax> namespaces)
    {
        var words = namespaces.Select(Word).ToList();
        return Take(words.Count == 0 || words.Contains("") ? "guard" : string.Join("And", words.Select((word, i) => i == 0 ? word : Pascal(word))) + "Guard");
    }

    /// <summary>The name of a guard of this type, where no namespace is in sight: <c>snapshot</c> for <c>Snapshot</c>.</summary>
    public string TakeForGuard(ITypeSymbol type)
    {
        var name = type.TypeKind == TypeKind.Interface && type.Name is ['I', >= 'A' and <= 'Z', ..] ? type.Name.Substring(1) : type.Name;
        var word = Camel(name);
        return Take(word.Length == 0 || name.EndsWith("Guard", StringComparison.Ordinal) || SyntaxFacts.GetKeywordKind(word) != SyntaxKind.None ? "guard" : word);
    }

    private static string Word(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => Camel(name.Identifier.ValueText),
        MemberAccessExpressionSyntax access => Word(access.Name),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Parse" } } => "",
        InvocationExpressionSyntax invocation => Word(invocation.Expression),
        ElementAccessExpressionSyntax element => Word(element.Expression),
        ParenthesizedExpressionSyntax inner => Word(inner.Expression),
        PostfixUnaryExpressionSyntax postfix => Word(postfix.Operand),
        _ => "",
    };

    private static string Camel(string name)
    {
        name = name.TrimStart('_');
        return name.Length == 0 ? "" : char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
