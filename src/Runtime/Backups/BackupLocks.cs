using System.Collections.Concurrent;

namespace NamespaceLocking;

/// <summary>The groups, snapshots and manifests that this process holds or asks for: there are many, so that others are forgotten.</summary>
internal sealed class BackupLocks(Func<string, BackupLockTarget, BackupLockFile?> makeFile)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Store, BackupLockTarget Target), BackupLock> _locks = [];
    private readonly WaitingRoom _room = new();
    private readonly ConcurrentDictionary<BackupAcquisition, bool> _acquisitions = [];

    internal BackupLock? Acquire(string store, BackupLockTarget target, LockMode mode, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var entered = Enter(store, target);
        var isGranted = false;
        try
        {
            isGranted = _room.Acquire(new(entered.Node, null, mode), timeout, cancellationToken).IsGranted;
            return isGranted ? entered : null;
        }
        finally
        {
            if (!isGranted)
                Leave(entered);
        }
    }

    internal async ValueTask<BackupLock?> AcquireAsync(
        string store, BackupLockTarget target, LockMode mode, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var entered = Enter(store, target);
        var isGranted = false;
        try
        {
            isGranted = (await _room.AcquireAsync(new(entered.Node, null, mode), timeout, cancellationToken).ConfigureAwait(false)).IsGranted;
            return isGranted ? entered : null;
        }
        finally
        {
            if (!isGranted)
                Leave(entered);
        }
    }

    /// <summary>Who is in the way of a lock that was refused, as far as can be told.</summary>
    internal IReadOnlyList<LockHolder> FindHolders(string store, BackupLockTarget target, LockMode mode)
    {
        var holders = FindWithoutPlaces(store, target, mode);
        if (_acquisitions.IsEmpty || !holders.Any(holder => holder.ProcessId == Environment.ProcessId))
            return holders;
        var known = _acquisitions.Keys.Select(acquisition => acquisition.AsHolderOf((store, target), mode)).OfType<LockHolder>().ToList();
        return known.Count == 0 ? holders : [.. known, .. holders.Where(holder => holder.ProcessId != Environment.ProcessId)];
    }

    /// <summary>Remembers where a guard was acquired, until <see cref="Forget"/>.</summary>
    internal void Remember(BackupAcquisition acquisition) => _acquisitions[acquisition] = true;

    internal void Forget(BackupAcquisition acquisition) => _acquisitions.TryRemove(acquisition, out _);

    private IReadOnlyList<LockHolder> FindWithoutPlaces(string store, BackupLockTarget target, LockMode mode)
    {
        var holders = makeFile(store, target)?.FindHolders(mode) ?? [];
        if (holders.Count > 0)
            return holders;
        BackupLock? found;
        lock (_gate)
            _ = _locks.TryGetValue((store, target), out found);
        return found?.Node.FindHolder(mode) is { } holder ? [holder] : [];
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    internal void Leave(BackupLock entered)
    {
        lock (_gate)
        {
            if (--entered.Users == 0)
                _locks.Remove(entered.Key);
        }
    }

    private BackupLock Enter(string store, BackupLockTarget target)
    {
        lock (_gate)
        {
            if (!_locks.TryGetValue((store, target), out var found))
            {
                var file = makeFile(store, target);
                found = new(this, (store, target), new(_room, null, target.Namespace, file), file);
                _locks.Add(found.Key, found);
            }
            found.Users++;
            return found;
        }
    }
}
