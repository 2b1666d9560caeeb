using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>An annotation as somebody wrote it, in source or in a file, before its paths are bound.</summary>
/// <param name="Kind">Which attribute it is.</param>
/// <param name="Target">What of the member it speaks of.</param>
/// <param name="Parameter">The parameter's ordinal, where it speaks of one.</param>
/// <param name="Mode">Null where the attribute has none.</param>
/// <param name="SaysNamespace">Whether a namespace is written at all.</param>
/// <param name="Namespace">The path to the namespace.</param>
/// <param name="SaysStore">Whether a store is written at all.</param>
/// <param name="Store">The path to the store.</param>
/// <param name="Source">The attribute, where it stands in source.</param>
/// <param name="Line">The line, where it stands in a file of annotations.</param>
internal sealed record StatedAnnotation(
    AnnotationKind Kind,
    AnnotationTarget Target,
    int Parameter,
    LockMode? Mode,
    bool SaysNamespace,
    string? Namespace,
    bool SaysStore,
    string? Store,
    SyntaxReference? Source,
    Location? Line)
{
    public Location Location => Line ?? Source?.GetSyntax().GetLocation() ?? Location.None;

    /// <summary>Null where the attribute is none of ours, or is only half typed: the compiler tells of that.</summary>
    public static StatedAnnotation? From(AttributeData attribute, AnnotationTarget target, int parameter, KnownSymbols known)
    {
        if (known.KindOf(attribute.AttributeClass) is not { } kind || attribute.AttributeConstructor is null
            || attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error))
        {
            return null;
        }

        var arguments = attribute.ConstructorArguments;
        var next = 0;
        LockMode? mode = null;
        if (kind.HasMode())
            mode = arguments[next++].Value is int value ? (LockMode)value : null;
        var saysNamespace = kind.HasNamespace() && next < arguments.Length;
        var store = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == "Store");
        return new StatedAnnotation(kind, target, parameter, mode, saysNamespace, saysNamespace ? arguments[next].Value as string : null,
            store.Key is not null && !store.Value.IsNull, store.Key is null ? null : store.Value.Value as string, attribute.ApplicationSyntaxReference, null);
    }
}
