namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>The attributes that the analyzers know, by the names that they have in source.</summary>
internal enum AnnotationKind
{
    LockGuard,
    AcquiresLock,
    RequiresLock,
    GuardedBy,
    ExcludesLock,
    AssertsLock,
    TakesOwnership,
    InNamespace,
    DescendantOf,
    AncestorOf,
}

/// <summary>What of a member an annotation speaks of.</summary>
internal enum AnnotationTarget
{
    Member,
    Return,
    Parameter,

    /// <summary>Reading the property, where it can be written too.</summary>
    Getter,

    /// <summary>Writing the property, where it can be read too.</summary>
    Setter,
}

internal static class AnnotationKinds
{
    public static readonly IReadOnlyList<AnnotationKind> All = [.. Enum.GetValues(typeof(AnnotationKind)).Cast<AnnotationKind>()];

    public static bool HasMode(this AnnotationKind kind) =>
        kind is AnnotationKind.AcquiresLock or AnnotationKind.RequiresLock or AnnotationKind.AssertsLock;

    public static bool HasNamespace(this AnnotationKind kind) => kind is not (AnnotationKind.LockGuard or AnnotationKind.TakesOwnership);

    public static bool HasStore(this AnnotationKind kind) =>
        kind.HasNamespace() && kind is not (AnnotationKind.DescendantOf or AnnotationKind.AncestorOf);

    public static bool IsRelation(this AnnotationKind kind) =>
        kind is AnnotationKind.InNamespace or AnnotationKind.DescendantOf or AnnotationKind.AncestorOf;
}
