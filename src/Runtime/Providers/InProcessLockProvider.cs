using System.Runtime.InteropServices;

namespace NamespaceLocking;

/// <summary>Locks within this process alone: tests, and programs of one process.</summary>
/// <remarks>
/// Two instances know nothing of each other. Requests that wait are served first come, first served where they conflict; a
/// request that does not wait is judged by what is held alone. Safe for use by several threads.
/// </remarks>
public sealed class InProcessLockProvider : ILockProvider
{
    private const int Exclusive = -1;

    private readonly Lock _gate = new();

    /// <summary>The number of shared holders, or <see cref="Exclusive"/>. What nobody holds has no entry.</summary>
    private readonly Dictionary<(string Store, BackupNamespace Namespace), int> _held = [];

    private readonly LinkedList<Waiter> _waiters = [];

    /// <summary>Nothing is held at first.</summary>
    public InProcessLockProvider() { }

    /// <inheritdoc/>
    public LockResult Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var result = AcquireOrQueue(request, timeout, cancellationToken, out var waiter);
        if (waiter is null)
            return result;
        try
        {
            waiter.Granted.Wait(Waits.Clamp(timeout), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Whether the grant or the token was first is decided below.
        }
        return EndWait(waiter, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<LockResult> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var result = AcquireOrQueue(request, timeout, cancellationToken, out var waiter);
        if (waiter is null)
            return result;
        await waiter.Granted.WaitAsync(Waits.Clamp(timeout), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return EndWait(waiter, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<LockHolder> FindHolders(string store, BackupNamespace ns, LockMode mode)
    {
        lock (_gate)
        {
            if (!_held.TryGetValue((store, ns), out var count) || (mode == LockMode.Shared && count != Exclusive))
                return [];
            return [new(Environment.ProcessId, "this process", count == Exclusive ? LockMode.Exclusive : LockMode.Shared)];
        }
    }

    private LockResult AcquireOrQueue(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken, out Waiter? waiter)
    {
        cancellationToken.ThrowIfCancellationRequested();
        waiter = null;
        var levels = request.GetLevels();
        lock (_gate)
        {
            if (timeout == TimeSpan.Zero || _waiters.Count == 0)
            {
                var conflict = FindConflict(_held, request.Store, levels);
                if (conflict is null)
                    return Grant(request.Store, levels);
                if (timeout == TimeSpan.Zero)
                    return LockResult.Refused(conflict);
            }
            waiter = new(request.Store, levels);
            _waiters.AddLast(waiter);
            ServeWaiters();
        }
        return default;
    }

    /// <summary>The wait is over: granted, or timed out, or cancelled.</summary>
    private LockResult EndWait(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (waiter.Lease is not null)
                return LockResult.Granted(waiter.Lease);
            _waiters.Remove(waiter);
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                // At the end of its time a request is like one that does not wait: who queues before it does not count.
                return FindConflict(_held, waiter.Store, waiter.Levels) is { } conflict
                    ? LockResult.Refused(conflict)
                    : Grant(waiter.Store, waiter.Levels);
            }
            finally
            {
                ServeWaiters();
            }
        }
    }

    private void Release(string store, IReadOnlyList<LockLevel> levels)
    {
        lock (_gate)
        {
            foreach (var level in levels)
            {
                var key = (store, level.Namespace);
                if (_held[key] is Exclusive or 1)
                    _held.Remove(key);
                else
                    _held[key]--;
            }
            ServeWaiters();
        }
    }

    /// <summary>Grants what can be granted, in the order of the queue: nobody overtakes who waits for the same namespace.</summary>
    private void ServeWaiters()
    {
        Dictionary<(string, BackupNamespace), int> claimed = [];
        for (var node = _waiters.First; node is not null;)
        {
            var (waiter, next) = (node.Value, node.Next);
            if (FindConflict(_held, waiter.Store, waiter.Levels) is null && FindConflict(claimed, waiter.Store, waiter.Levels) is null)
            {
                _waiters.Remove(node);
                waiter.Grant(Grant(waiter.Store, waiter.Levels).Lease!);
            }
            else
            {
                Count(claimed, waiter.Store, waiter.Levels);
            }
            node = next;
        }
    }

    private LockResult Grant(string store, IReadOnlyList<LockLevel> levels)
    {
        Count(_held, store, levels);
        return LockResult.Granted(new Lease(this, store, levels));
    }

    private static BackupNamespace? FindConflict(
        Dictionary<(string, BackupNamespace), int> counts, string store, IReadOnlyList<LockLevel> levels)
    {
        foreach (var level in levels)
        {
            if (counts.TryGetValue((store, level.Namespace), out var count) && (level.Mode == LockMode.Exclusive || count == Exclusive))
                return level.Namespace;
        }
        return null;
    }

    private static void Count(Dictionary<(string, BackupNamespace), int> counts, string store, IReadOnlyList<LockLevel> levels)
    {
        foreach (var level in levels)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (store, level.Namespace), out _);
            count = level.Mode == LockMode.Exclusive || count == Exclusive ? Exclusive : count + 1;
        }
    }

    private sealed class Lease(InProcessLockProvider provider, string store, IReadOnlyList<LockLevel> levels) : LockLease
    {
        public override void Release() => provider.Release(store, levels);
    }

    private sealed class Waiter(string store, IReadOnlyList<LockLevel> levels)
    {
        // Continuations run elsewhere: the lock is held when the grant is told.
        private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Store => store;
        public IReadOnlyList<LockLevel> Levels => levels;
        public LockLease? Lease { get; private set; }
        public Task Granted => _granted.Task;

        public void Grant(LockLease lease)
        {
            Lease = lease;
            _granted.SetResult();
        }
    }
}
