using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>A mode on a namespace of a store, as an annotation states it. No store: unknown, taken to be the same.</summary>
internal sealed record LockTerm(LockMode Mode, LockPath Namespace, LockPath? Store, SyntaxReference? Source);

/// <summary>How a namespace value lies to the one that the path names.</summary>
internal enum Relation
{
    /// <summary>It is that namespace.</summary>
    Same,

    /// <summary>It is that namespace or lies below it.</summary>
    Below,

    /// <summary>It is that namespace or lies above it.</summary>
    Above,
}

internal sealed record RelationTerm(Relation Relation, LockPath Namespace, LockPath? Store);

internal sealed record ParameterAnnotations(bool TakesOwnership, ImmutableArray<LockTerm> Requires, ImmutableArray<RelationTerm> Relations)
{
    public static readonly ParameterAnnotations None = new(false, [], []);

    public bool IsEmpty => !TakesOwnership && Requires.IsEmpty && Relations.IsEmpty;
}

/// <summary>Everything that the attributes of one member say, whether on the member, its parameters or its return value.</summary>
internal sealed record MemberAnnotations(
    ImmutableArray<LockTerm> Requires,
    ImmutableArray<LockTerm> Acquires,
    ImmutableArray<LockTerm> Asserts,
    ImmutableArray<LockTerm> Excludes,
    LockTerm? GuardedBy,
    ImmutableArray<ParameterAnnotations> Parameters,
    ImmutableArray<RelationTerm> Result)
{
    public static readonly MemberAnnotations None = new([], [], [], [], null, [], []);

    /// <summary>What only reading the property requires.</summary>
    public ImmutableArray<LockTerm> GetterRequires { get; init; } = [];

    /// <summary>What only writing the property requires.</summary>
    public ImmutableArray<LockTerm> SetterRequires { get; init; } = [];

    /// <summary>What only reading the property rules out for callers to hold.</summary>
    public ImmutableArray<LockTerm> GetterExcludes { get; init; } = [];

    /// <summary>What only writing the property rules out for callers to hold.</summary>
    public ImmutableArray<LockTerm> SetterExcludes { get; init; } = [];

    /// <summary>What one way to use the member requires, or what reading and writing it at once does.</summary>
    public ImmutableArray<LockTerm> RequiresOf(AnnotationTarget access, bool isBoth = false)
    {
        var own = access == AnnotationTarget.Setter ? SetterRequires : GetterRequires;
        if (isBoth)
            own = GetterRequires.AddRange(SetterRequires);
        return own.IsEmpty ? Requires : Requires.AddRange(own);
    }

    /// <summary>What one way to use the member rules out for callers to hold.</summary>
    public ImmutableArray<LockTerm> ExcludesOf(AnnotationTarget access)
    {
        var own = access == AnnotationTarget.Setter ? SetterExcludes : GetterExcludes;
        return own.IsEmpty ? Excludes : Excludes.AddRange(own);
    }

    public bool IsEmpty => SaysNothingOfLocks && Result.IsEmpty && Parameters.All(parameter => parameter.IsEmpty);

    /// <summary>Whether all that is said is how the namespaces lie to one another.</summary>
    public bool IsOnlyRelations => !IsEmpty && SaysNothingOfLocks && Parameters.All(parameter => parameter is { TakesOwnership: false, Requires.IsEmpty: true });

    private bool SaysNothingOfLocks => Requires.IsEmpty && GetterRequires.IsEmpty && SetterRequires.IsEmpty && Acquires.IsEmpty && Asserts.IsEmpty && Excludes.IsEmpty
        && GetterExcludes.IsEmpty && SetterExcludes.IsEmpty && GuardedBy is null;

    public ParameterAnnotations Parameter(int ordinal) =>
        (uint)ordinal < (uint)Parameters.Length ? Parameters[ordinal] : ParameterAnnotations.None;
}
