using System.Collections.Concurrent;

namespace NamespaceLocking;

/// <summary>What a guard holds and where it was acquired, while it is held. There is one only where places are captured.</summary>
internal sealed class Acquisition
{
    private static readonly ConcurrentDictionary<Acquisition, bool> Live = new();

    private readonly ILockProvider _provider;
    private readonly LockRequest _request;

    private Acquisition(ILockProvider provider, in LockRequest request, string? place)
    {
        _provider = provider;
        _request = request;
        Place = place;
    }

    internal string? Place { get; }

    internal static Acquisition Start(ILockProvider provider, in LockRequest request, string? place)
    {
        var acquisition = new Acquisition(provider, request, place);
        Live[acquisition] = true;
        return acquisition;
    }

    internal void End() => Live.TryRemove(this, out _);

    /// <summary>The holders that a provider found, with those of this process replaced by what they have captured, if they have.</summary>
    internal static IReadOnlyList<LockHolder> Explain(
        IReadOnlyList<LockHolder> holders, ILockProvider provider, string store, BackupNamespace conflict, LockMode mode)
    {
        if (Live.IsEmpty || !holders.Any(holder => holder.ProcessId == Environment.ProcessId))
            return holders;
        var known = Live.Keys
            .Where(acquisition => acquisition._provider == provider && acquisition._request.Store == store)
            .Select(acquisition => acquisition.AsHolderOf(conflict, mode))
            .OfType<LockHolder>()
            .ToList();
        return known.Count == 0 ? holders : [.. known, .. holders.Where(holder => holder.ProcessId != Environment.ProcessId)];
    }

    private LockHolder? AsHolderOf(BackupNamespace level, LockMode mode)
    {
        if (!level.Contains(_request.Namespace) && !(_request.Second is { } second && level.Contains(second)))
            return null;
        var held = _request.ModeOf(level);
        return mode == LockMode.Exclusive || held == LockMode.Exclusive
            ? LockHolder.OfThisProcess(Place, held)
            : null;
    }
}
