using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>Finds the types that annotations name, as code at the place of the annotation would: by its namespaces and its <c>using</c> directives.</summary>
internal sealed class TypeNames(Compilation compilation)
{
    private readonly Lazy<UsingDirectiveSyntax[]> _globalUsings = new(() =>
        [.. compilation.SyntaxTrees.SelectMany(tree => Usings(tree.GetRoot())).Where(directive => directive.GlobalKeyword.RawKind != 0)]);

    public INamedTypeSymbol? Find(string name, ISymbol owner)
    {
        for (var type = owner.ContainingType; type is not null; type = type.ContainingType)
        {
            if (Nested(type, name) is { } nested)
                return nested;
        }

        for (var scope = owner.ContainingNamespace; scope is not null; scope = scope.ContainingNamespace)
        {
            if (InNamespace(scope.IsGlobalNamespace ? "" : scope.ToDisplayString(), name) is { } found)
                return found;
        }

        return InNamespace("NamespaceLocking", name) ?? Imported(name, owner);
    }

    private INamedTypeSymbol? Imported(string name, ISymbol owner)
    {
        var own = owner.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.GetRoot()).SelectMany(Usings);
        foreach (var directive in own.Concat(_globalUsings.Value))
        {
            var target = directive.NamespaceOrType.ToString();
            var found = directive.Alias?.Name.Identifier.ValueText is not { } alias ? InNamespace(target, name)
                : alias == name ? InNamespace("", target)
                : name.StartsWith(alias + ".", StringComparison.Ordinal) ? InNamespace(target, name.Substring(alias.Length + 1))
                : null;
            if (found is not null)
                return found;
        }

        return null;
    }

    private static IEnumerable<UsingDirectiveSyntax> Usings(SyntaxNode root) => root is not CompilationUnitSyntax unit
        ? []
        : unit.Usings.Concat(unit.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(scope => scope.Usings));

    /// <summary>The dots before a nested type are plus signs in metadata: every split is tried.</summary>
    private INamedTypeSymbol? InNamespace(string scope, string name)
    {
        var full = scope.Length == 0 ? name : scope + "." + name;
        if (compilation.GetTypeByMetadataName(full) is { } found)
            return found;
        for (var dot = full.LastIndexOf('.'); dot > 0; dot = full.LastIndexOf('.', dot - 1))
        {
            if (compilation.GetTypeByMetadataName(full.Substring(0, dot)) is { } outer)
                return Nested(outer, full.Substring(dot + 1));
        }

        return null;
    }

    private static INamedTypeSymbol? Nested(INamedTypeSymbol type, string name)
    {
        INamedTypeSymbol? current = type;
        foreach (var part in name.Split('.'))
            current = current?.GetTypeMembers(part, 0).FirstOrDefault();
        return current;
    }
}
