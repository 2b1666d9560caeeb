using System.Diagnostics;

namespace NamespaceLocking;

/// <summary>
/// Goes with a guard, and is collected with it where that was not disposed: then its finalizer reports the guard and gives the lock
/// back. Of a guard that is disposed it is taken off and used again, so that no acquisition pays for an object with a finalizer.
/// </summary>
internal sealed class LeakSentinel
{
    private NamespaceLockManager? _manager;
    private LockLease? _lease;
    private BackupNamespace? _namespace;
    private LockMode _mode;
    private Acquisition? _acquisition;
    private long _heldSince;

    /// <summary>The next one in the pool.</summary>
    internal LeakSentinel? Next { get; set; }

    ~LeakSentinel()
    {
        // One that lay in the pool of a thread that ended has nothing to say.
        if (_lease is { } lease)
            Report(_manager!, lease);
    }

    internal static LeakSentinel Attach(NamespaceLockManager manager, in LockRequest request, LockLease lease, Acquisition? acquisition)
    {
        var sentinel = SentinelPool.Rent();
        sentinel._manager = manager;
        sentinel._namespace = request.Namespace;
        sentinel._mode = request.Mode;
        sentinel._acquisition = acquisition;
        if (LockMetrics.AreHoldsMeasured)
        {
            sentinel._heldSince = Stopwatch.GetTimestamp();
            LockMetrics.StartHold(request.Store, request.Mode);
        }
        sentinel._lease = lease;
        return sentinel;
    }

    internal void Detach()
    {
        EndHold(_manager!.Store);
        _lease = null;
        // The manager and the namespace stay until the next use: to keep them costs less than to clear them.
        SentinelPool.Return(this);
    }

    private void EndHold(string store)
    {
        if (_acquisition is not null)
        {
            _acquisition.End();
            _acquisition = null;
        }
        if (_heldSince != 0)
        {
            LockMetrics.EndHold(store, _mode, _heldSince);
            _heldSince = 0;
        }
    }

    private void Report(NamespaceLockManager manager, LockLease lease)
    {
        try
        {
            var place = _acquisition?.Place;
            EndHold(manager.Store);
            LockMetrics.CountLeak(manager.Store, _mode);
            manager.Logger?.GuardLeaked(manager.Store, LockMetrics.NameOf(_mode), _namespace!, LockLog.Describe(place));
        }
        catch (Exception)
        {
            // Somebody's logger or listener. On this thread it would end the process, and the lock has yet to be given back.
        }
        lease.Release();
    }
}
