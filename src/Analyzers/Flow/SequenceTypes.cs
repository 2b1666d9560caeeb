using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Sequences, by their types.</summary>
internal static class SequenceTypes
{
    /// <summary>The type of a sequence's elements; null where it is none.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol type)
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
