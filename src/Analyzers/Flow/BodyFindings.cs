using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>An operation whose locks are not certain to be held.</summary>
/// <param name="Failure">The most telling reason.</param>
/// <param name="Unmet">The requirements that are not met, and what was found in their place.</param>
internal sealed record UncoveredOperation(
    SyntaxNode Site, ISymbol Member, Coverage Failure, ImmutableArray<(Requirement Requirement, CoverageInWorld Found)> Unmet)
{
    /// <summary>What was found in place of the requirement that failed for the most telling reason.</summary>
    public CoverageInWorld Found => Unmet.First(unmet => unmet.Found.Coverage == Failure).Found;
}

/// <summary>A request that can never be granted, because of a hold that is certain.</summary>
internal sealed record HopelessRequest(SyntaxNode Site, Hold Wanted, HeldBy Conflict);

internal enum LeakKind
{
    /// <summary>Dropped where it was acquired.</summary>
    Dropped,

    /// <summary>Kept, and disposed on some paths only.</summary>
    OnSomePaths,

    /// <summary>Kept, and never disposed.</summary>
    Always,
}

/// <summary>A guard that this body has to dispose, and does not.</summary>
/// <param name="ByExceptionOnly">Whether only an exception leaves it open.</param>
internal sealed record Leak(SyntaxNode Site, LeakKind Kind, bool IsParameter, bool ByExceptionOnly, string Text);

/// <summary>What the analysis of one body comes to: what rules ask. One mistake is in here once.</summary>
internal sealed class BodyFindings
{
    public IReadOnlyList<UncoveredOperation> Operations { get; private init; } = [];
    public IReadOnlyList<HopelessRequest> Requests { get; private init; } = [];

    /// <summary>Requests that wait under a guard on another namespace.</summary>
    public IReadOnlyList<HopelessRequest> Waits { get; private init; } = [];

    /// <summary>Calls that acquire further down what can never be granted.</summary>
    public IReadOnlyList<HopelessRequest> CallsBelow { get; private init; } = [];
    public IReadOnlyList<Leak> Leaks { get; private init; } = [];
    public IReadOnlyList<OverwriteSeen> Overwrites { get; private init; } = [];
    public IReadOnlyList<LossyStoreSeen> LossyStores { get; private init; } = [];
    public IReadOnlyList<LentDisposed> LentDisposals { get; private init; } = [];
    public IReadOnlyList<ReturnSeen> BrokenPromises { get; private init; } = [];

    /// <summary>Expressions that hand on work which can outlive its guard, guards that are released on their way out included.</summary>
    public IReadOnlyList<OutlivesSeen> Outliving { get; private init; } = [];
    public IReadOnlyList<ConversionSeen> Conversions { get; private init; } = [];

    /// <summary>Null where there is nothing that a rule could speak of.</summary>
    public static BodyFindings? From(IReadOnlyCollection<Observation> seen)
    {
        if (!seen.Any(static observation => observation.IsSuspect))
            return null;
        var overwritten = seen.OfType<OverwriteSeen>().ToList();
        var stored = seen.OfType<LossyStoreSeen>().ToList();
        var reported = new HashSet<SyntaxNode>(overwritten.Select(overwrite => overwrite.Acquisition).Concat(stored.Select(store => store.Acquisition)));
        var requests = seen.OfType<RequestSeen>().GroupBy(request => request.Site).ToList();
        var hopeless = requests.Select(JudgeRequest).OfType<HopelessRequest>().ToList();
        var hopelessSites = new HashSet<SyntaxNode>(hopeless.Select(request => request.Site));
        return new BodyFindings
        {
            Operations = [.. seen.OfType<OperationSeen>().GroupBy(operation => (operation.Site, operation.Member)).Select(JudgeOperation).OfType<UncoveredOperation>()],
            Requests = hopeless,
            Waits = [.. requests.Where(request => !hopelessSites.Contains(request.Key)).Select(JudgeWait).OfType<HopelessRequest>()],
            CallsBelow = [.. seen.OfType<CallBelowSeen>().GroupBy(call => call.Site).Select(JudgeCall).OfType<HopelessRequest>()],
            Leaks = [.. JudgeGuards(seen.OfType<GuardSeen>(), reported)],
            Overwrites = OnePerSite(overwritten),
            LossyStores = OnePerSite(stored),
            LentDisposals = OnePerSite(seen.OfType<LentDisposed>()),
            Outliving = OnePerSite(seen.OfType<OutlivesSeen>()
                .Concat(seen.OfType<ReturnSeen>().Where(returned => returned is { IsReleased: true, Promised: null }).Select(returned => new OutlivesSeen(returned.Site, returned.Name)))),
            Conversions = [.. seen.OfType<ConversionSeen>().GroupBy(conversion => conversion.Site)
                .Where(group => group.Any(conversion => !conversion.IsCovered)).Select(group => group.First())],
            BrokenPromises = OnePerSite(seen.OfType<ReturnSeen>().Where(returned => returned.Promised is not null)),
        };
    }

    private static List<T> OnePerSite<T>(IEnumerable<T> seen)
        where T : Observation =>
        [.. seen.GroupBy(one => one.Site).Select(group => group.First())];

    /// <summary>Where a place is both read and written, that is one mistake, and the write says more.</summary>
    private static UncoveredOperation? JudgeOperation(IEnumerable<OperationSeen> worlds) => worlds
        .GroupBy(seen => seen.IsWrite)
        .OrderByDescending(access => access.Key)
        .Select(access => Judge([.. access]))
        .OfType<UncoveredOperation>()
        .OrderBy(uncovered => uncovered.Failure)
        .FirstOrDefault();

    /// <summary>Covered only where every world covers it.</summary>
    private static UncoveredOperation? Judge(OperationSeen[] worlds)
    {
        var unmet = ImmutableArray.CreateBuilder<(Requirement, CoverageInWorld Found)>();
        for (var i = 0; i < worlds[0].Requirements.Length; i++)
        {
            var found = new CoverageInWorld(Coverage.Covered);
            var isCoveredSomewhere = false;
            foreach (var world in worlds)
            {
                var coverage = world.Requirements[i].Coverage;
                isCoveredSomewhere |= coverage is { Coverage: Coverage.Covered, IsDoubt: false };
                found = found.Or(coverage);
            }

            if (found.Coverage == Coverage.Covered)
                continue;
            if (isCoveredSomewhere && found.Coverage > Coverage.Uncertain)
                found = new CoverageInWorld(Coverage.Uncertain);
            unmet.Add((worlds[0].Requirements[i].Requirement, found));
        }

        return unmet.Count == 0
            ? null
            : new UncoveredOperation(worlds[0].Site, worlds[0].Member, unmet.Min(requirement => requirement.Found.Coverage), unmet.ToImmutable());
    }

    private static HopelessRequest? JudgeRequest(IEnumerable<RequestSeen> worlds)
    {
        HopelessRequest? hopeless = null;
        foreach (var request in worlds.GroupBy(seen => (seen.Wanted.Text, seen.Wanted.Mode)))
        {
            if (request.Any(seen => seen.Conflict is null))
                continue;
            var worst = request.OrderByDescending(seen => seen.Conflict!.Hold.Mode).First();
            if (hopeless is null || hopeless.Conflict.Hold.Mode < worst.Conflict!.Hold.Mode)
                hopeless = new HopelessRequest(worst.Site, worst.Wanted, worst.Conflict!);
        }

        return hopeless;
    }

    private static HopelessRequest? JudgeCall(IEnumerable<CallBelowSeen> worlds)
    {
        foreach (var request in worlds.GroupBy(seen => (seen.Wanted.Text, seen.Wanted.Mode)))
        {
            var first = request.First();
            if (request.All(seen => seen.Conflict is not null))
                return new HopelessRequest(first.Site, first.Wanted, first.Conflict!);
        }

        return null;
    }

    /// <summary>Waiting under a guard is a mistake only where that guard is certain.</summary>
    private static HopelessRequest? JudgeWait(IEnumerable<RequestSeen> worlds)
    {
        foreach (var request in worlds.GroupBy(seen => (seen.Wanted.Text, seen.Wanted.Mode)))
        {
            var first = request.First();
            if (request.All(seen => seen.WaitedUnder is not null))
                return new HopelessRequest(first.Site, first.Wanted, first.WaitedUnder!);
        }

        return null;
    }

    private static IEnumerable<Leak> JudgeGuards(IEnumerable<GuardSeen> seen, HashSet<SyntaxNode> overwritten)
    {
        foreach (var site in seen.GroupBy(guard => guard.Site))
        {
            if (overwritten.Contains(site.Key))
                continue;
            Leak? worst = null;
            foreach (var guard in site.GroupBy(guard => guard.Slot))
            {
                if (JudgeGuard([.. guard]) is { } leak && (worst is null || leak.Kind < worst.Kind))
                    worst = leak;
            }

            if (worst is not null)
                yield return worst;
        }
    }

    private static Leak? JudgeGuard(GuardSeen[] seen)
    {
        var (first, isClosed, isLeft, isThrown) = (seen[0], Any(GuardEvent.Closed), Any(GuardEvent.LeftOpen), Any(GuardEvent.LeftOpenByException));
        if (Any(GuardEvent.Dropped))
            return new Leak(first.Site, LeakKind.Dropped, first.Guard.Origin == GuardOrigin.Parameter, false, first.Guard.Describe());
        if (!isLeft && !isThrown)
            return null;
        return new Leak(first.Site, isClosed ? LeakKind.OnSomePaths : LeakKind.Always, first.Guard.Origin == GuardOrigin.Parameter, !isLeft, first.Guard.Describe());

        bool Any(GuardEvent what) => seen.Any(guard => guard.Event == what);
    }
}
