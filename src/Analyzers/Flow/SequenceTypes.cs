using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Sequences, by their types. Safe for concurrent use.</summary>
internal sealed class SequenceTypes(KnownSymbols known)
{
    private readonly ConcurrentDictionary<ITypeSymbol, (ITypeSymbol? Element, bool HaveNamespace)> _types = new(SymbolEqualityComparer.Default);

    /// <summary>The type of a sequence's elements; null where it is none.</summary>
    public ITypeSymbol? ElementOf(ITypeSymbol? type) => type is null ? null : Of(type).Element;

    /// <summary>Whether the elements are namespaces, or have one: the analysis follows those.</summary>
    public bool HaveNamespace(ITypeSymbol? type) => type is not null && Of(type).HaveNamespace;

    private (ITypeSymbol? Element, bool HaveNamespace) Of(ITypeSymbol type) => _types.TryGetValue(type, out var known) ? known : _types.GetOrAdd(type, Read);

    private (ITypeSymbol? Element, bool HaveNamespace) Read(ITypeSymbol type)
    {
        var element = FindElement(type);
        return (element, element is not null && (known.IsNamespace(element) || known.NamespaceProperty(element) is not null));
    }

    /// <summary>As <see cref="ElementOf"/>, for who asks once.</summary>
    public static ITypeSymbol? FindElement(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            return array.ElementType;
        if (Element(type) is { } own)
            return own;
        foreach (var implemented in type.AllInterfaces)
        {
            if (Element(implemented) is { } element)
                return element;
        }

        return null;
    }

    /// <summary>Whether nothing has run yet where such a sequence is handed on.</summary>
    public static bool IsLazy(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "IEnumerable" or "IAsyncEnumerable" or "IQueryable" or "IOrderedEnumerable" or "IOrderedQueryable" or "IEnumerator" or "IAsyncEnumerator", TypeKind: TypeKind.Interface };

    private static ITypeSymbol? Element(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "IEnumerable" or "IAsyncEnumerable" or "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", TypeArguments: [var element] }
            ? element
            : null;
}
