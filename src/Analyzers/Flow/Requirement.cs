using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What an operation needs: a mode on a namespace, of any guard or of the one that is handed in.</summary>
/// <param name="Text">The namespace as the code would write it at the operation.</param>
/// <param name="OfGuard">Whether <paramref name="Guard"/> itself must hold it.</param>
/// <param name="Guard">The guard that is handed in, where it is known.</param>
internal sealed record Requirement(
    LockMode Mode, Value? Namespace, Value? Store, string Text, bool OfGuard, Value? Guard)
{
    /// <summary>The store as the code would write it; empty where it is not told.</summary>
    public string StoreText { get; init; } = "";

    /// <summary>The annotation that asks for it, where that is in the compilation's source.</summary>
    public SyntaxReference? Declaration { get; init; }
}

/// <summary>How one world meets a requirement; of those that do not, the first is the most telling.</summary>
internal enum Coverage
{
    /// <summary>It was held, and released.</summary>
    Released,

    /// <summary>Only a shared guard covers it, and exclusive is needed.</summary>
    SharedOnly,

    /// <summary>A Try result that was not tested, or was null.</summary>
    Uncertain,

    /// <summary>Guards are held, none of which covers it.</summary>
    Elsewhere,
    Nothing,
    Covered,
}

/// <param name="Hold">The hold that tells the story, if there is one.</param>
/// <param name="Place">Where that hold began or ended.</param>
/// <param name="Guard">The guard that covers it: one of this code before one of the code around it. Where none does, the one that tells the story.</param>
/// <param name="Name">The variable that has the guard that tells the story, if there is one.</param>
internal readonly record struct CoverageInWorld(Coverage Coverage, Hold? Hold = null, SyntaxNode? Place = null, Value? Guard = null, string? Name = null)
{
    /// <summary>Whether a guard would cover it, were it of the same store.</summary>
    public bool IsOtherStore { get; init; }

    /// <summary>Whether it only counts as covered because too little is certain here.</summary>
    public bool IsDoubt { get; init; }

    public static CoverageInWorld Of(World world, ValueTable values, Requirement requirement)
    {
        CoverageInWorld? elsewhere = null;
        Value? outer = null;
        var best = new CoverageInWorld(Coverage.Nothing);
        foreach (var guard in world.Guards)
        {
            if (requirement.OfGuard && !ReferenceEquals(guard.Id, requirement.Guard))
                continue;
            foreach (var hold in guard.Holds)
            {
                if (world.Covers(values, hold, requirement.Mode, requirement.Namespace, requirement.Store))
                {
                    if (guard.Covers && guard.IsOuter)
                        outer ??= guard.Id;
                    else if (guard.Covers)
                        return new CoverageInWorld(Coverage.Covered, Guard: guard.Id);
                    if (guard.Status == GuardStatus.Untested)
                        best = best.Or(new CoverageInWorld(Coverage.Uncertain, hold, guard.Site, guard.Id));
                }
                else if (guard.Status is GuardStatus.Held or GuardStatus.Lost)
                {
                    if (requirement.Mode == LockMode.Exclusive
                        && world.Covers(values, hold, LockMode.Shared, requirement.Namespace, requirement.Store))
                    {
                        best = best.Or(new CoverageInWorld(Coverage.SharedOnly, hold, guard.Site, guard.Id));
                    }

                    // That only the store is another one tells more than that the namespace is.
                    var isOtherStore = world.Covers(values, hold, requirement.Mode, requirement.Namespace, store: null);
                    if (elsewhere is null || isOtherStore)
                        elsewhere = new CoverageInWorld(Coverage.Elsewhere, hold, null, guard.Id) { IsOtherStore = isOtherStore };
                }
            }
        }

        if (outer is not null)
            return new CoverageInWorld(Coverage.Covered, Guard: outer);
        if (elsewhere is { } other)
            best = best.Or(other);
        for (var i = world.Past.Length - 1; i >= 0; i--)
        {
            var past = world.Past[i];
            if (world.Covers(values, past.Hold, requirement.Mode, requirement.Namespace, requirement.Store))
            {
                best = best.Or(new CoverageInWorld(
                    past.Reason == PastReason.NotGranted ? Coverage.Uncertain : Coverage.Released, past.Hold, past.Place, past.Guard));
            }
        }

        // Where too many paths were joined, what a guard is on is not certain either.
        if (best.Coverage is Coverage.Nothing or Coverage.Elsewhere && world.Guards.Any(guard => guard is { Status: GuardStatus.Blurred, Id.Kind: not ValueKind.Earlier }))
            return new CoverageInWorld(Coverage.Covered) { IsDoubt = true };
        // Nor is, where not all is kept that is known, what a guard that is held does not cover.
        if (world.HasForgotten && elsewhere is not null)
            return new CoverageInWorld(Coverage.Covered) { IsDoubt = true };
        return best.Guard is null ? best : best with { Name = world.NameOf(best.Guard) };
    }

    /// <summary>The more telling of the two.</summary>
    public CoverageInWorld Or(CoverageInWorld other) => other.Coverage < Coverage ? other : this;
}
