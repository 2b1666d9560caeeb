using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>How what a member says differs, to the harm of callers, from what it overrides.</summary>
/// <param name="Kind">The annotation that differs.</param>
/// <param name="Term">What the member asks for beyond the base, or what the base promises beyond the member.</param>
/// <param name="AsksMore">Whether it asks for more; otherwise it promises less.</param>
internal sealed record OverrideDifference(AnnotationKind Kind, LockTerm Term, bool AsksMore)
{
    /// <summary>The parameter of which it asks for more; null where that is the member itself.</summary>
    public int? Parameter { get; init; }

    /// <summary>The accessor that asks for more; null where it is the member itself.</summary>
    public AnnotationTarget? Accessor { get; init; }
}

/// <summary>Compares a member with what it overrides or implements.</summary>
internal sealed class OverrideComparison(KnownSymbols known, INamedTypeSymbol type)
{
    private readonly PathOrder _paths = new(known, type);

    public OverrideDifference? Find(ISymbol member, MemberAnnotations own, ISymbol overridden, MemberAnnotations inherited) =>
        AskedBeyond(AnnotationKind.RequiresLock, member, overridden, own.Requires, access => own.RequiresOf(access), access => inherited.RequiresOf(access), _paths.Covers) is { } required ? required
        : BeyondOfParameters(member, own, inherited) is { } ofParameter ? ofParameter
        : AskedBeyond(AnnotationKind.ExcludesLock, member, overridden, own.Excludes, own.ExcludesOf, access => Excluded(inherited, access), _paths.Excludes) is { } excluded ? excluded
        : Beyond(inherited.Acquires, own.Acquires, _paths.Covers) is { } acquired ? new OverrideDifference(AnnotationKind.AcquiresLock, acquired, AsksMore: false)
        : Beyond(inherited.Asserts, own.Asserts, _paths.Covers) is { } asserted ? new OverrideDifference(AnnotationKind.AssertsLock, asserted, AsksMore: false)
        : null;

    /// <summary>What one of the ways to use both members asks for beyond the base.</summary>
    private static OverrideDifference? AskedBeyond(
        AnnotationKind kind,
        ISymbol member,
        ISymbol overridden,
        ImmutableArray<LockTerm> ofAll,
        Func<AnnotationTarget, ImmutableArray<LockTerm>> own,
        Func<AnnotationTarget, ImmutableArray<LockTerm>> inherited,
        Func<LockTerm, LockTerm, bool> reaches)
    {
        foreach (var access in Accesses(member, overridden))
        {
            if (Beyond(own(access), inherited(access), reaches) is { } beyond)
                return new OverrideDifference(kind, beyond, AsksMore: true) { Accessor = ofAll.Contains(beyond) ? null : access };
        }

        return null;
    }

    /// <summary>The accessors that both have: what only the member has, callers who know the base do not use.</summary>
    private static IEnumerable<AnnotationTarget> Accesses(ISymbol member, ISymbol overridden)
    {
        if (member is not IPropertySymbol property || overridden is not IPropertySymbol other)
            return [AnnotationTarget.Getter];
        return new[] { AnnotationTarget.Getter, AnnotationTarget.Setter }.Where(access => access == AnnotationTarget.Getter
            ? property.GetMethod is not null && other.GetMethod is not null
            : property.SetMethod is not null && other.SetMethod is not null);
    }

    /// <summary>The first of the terms that none of the others reaches.</summary>
    private static LockTerm? Beyond(ImmutableArray<LockTerm> terms, ImmutableArray<LockTerm> others, Func<LockTerm, LockTerm, bool> reaches) =>
        terms.FirstOrDefault(term => !others.Any(other => reaches(other, term)));

    /// <summary>Who acquires exclusively keeps callers clear just as who says so.</summary>
    private static ImmutableArray<LockTerm> Excluded(MemberAnnotations annotations, AnnotationTarget access) => access == AnnotationTarget.Setter
        ? annotations.ExcludesOf(access)
        : annotations.ExcludesOf(access).AddRange(annotations.Acquires.Where(term => term.Mode == LockMode.Exclusive));

    private OverrideDifference? BeyondOfParameters(ISymbol member, MemberAnnotations own, MemberAnnotations inherited)
    {
        var parameters = LockPath.Parameters(member);
        for (var i = 0; i < own.Parameters.Length && i < parameters.Length; i++)
        {
            var stated = inherited.Parameter(i).Requires;
            // A guard of which nothing is said holds its own namespace.
            if (stated.IsEmpty && known.NamespaceProperty(parameters[i].Type) is { } ownNamespace)
                stated = [new LockTerm(LockMode.Shared, LockPath.OfParameter(parameters[i]).Then(ownNamespace), null, null)];
            if (Beyond(own.Parameter(i).Requires, stated, _paths.Covers) is { } beyond)
                return new OverrideDifference(AnnotationKind.RequiresLock, beyond, AsksMore: true) { Parameter = i };
        }

        return null;
    }
}
