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
}

/// <summary>Compares a member with what it overrides or implements.</summary>
internal sealed class OverrideComparison(KnownSymbols known, INamedTypeSymbol type)
{
    private readonly PathOrder _paths = new(known, type);

    public OverrideDifference? Find(ISymbol member, MemberAnnotations own, MemberAnnotations inherited) =>
        Beyond(own.Requires, inherited.Requires, _paths.Covers) is { } required ? new OverrideDifference(AnnotationKind.RequiresLock, required, AsksMore: true)
        : Beyond(own.GetterRequires, inherited.RequiresOf(AnnotationTarget.Getter), _paths.Covers) is { } read ? new OverrideDifference(AnnotationKind.RequiresLock, read, AsksMore: true)
        : Beyond(own.SetterRequires, inherited.RequiresOf(AnnotationTarget.Setter), _paths.Covers) is { } written ? new OverrideDifference(AnnotationKind.RequiresLock, written, AsksMore: true)
        : BeyondOfParameters(member, own, inherited) is { } ofParameter ? ofParameter
        : Beyond(own.Excludes, Excluded(inherited), _paths.Excludes) is { } excluded ? new OverrideDifference(AnnotationKind.ExcludesLock, excluded, AsksMore: true)
        : Beyond(inherited.Acquires, own.Acquires, _paths.Covers) is { } acquired ? new OverrideDifference(AnnotationKind.AcquiresLock, acquired, AsksMore: false)
        : Beyond(inherited.Asserts, own.Asserts, _paths.Covers) is { } asserted ? new OverrideDifference(AnnotationKind.AssertsLock, asserted, AsksMore: false)
        : null;

    /// <summary>The first of the terms that none of the others reaches.</summary>
    private static LockTerm? Beyond(ImmutableArray<LockTerm> terms, ImmutableArray<LockTerm> others, Func<LockTerm, LockTerm, bool> reaches) =>
        terms.FirstOrDefault(term => !others.Any(other => reaches(other, term)));

    /// <summary>Who acquires exclusively keeps callers clear just as who says so.</summary>
    private static ImmutableArray<LockTerm> Excluded(MemberAnnotations annotations) =>
        annotations.Excludes.AddRange(annotations.Acquires.Where(term => term.Mode == LockMode.Exclusive));

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
