namespace NamespaceLocking;

/// <summary>One namespace as this process holds it. It is also the lease of a guard on it.</summary>
/// <remarks>
/// <para>
/// A node that is held counts as one holder of its parent, however many hold it. So a further shared hold is one atomic operation
/// on one counter, whatever the depth, and a node with a holder anywhere below it is not free.
/// </para>
/// <para>
/// The counter goes up from one, and down to one, without a lock. Whatever makes it zero or leaves zero, and every refusal, is
/// decided under the gate, with the gates of children entered before those of their parents: an attempt that fails further up
/// was never seen by anybody. So each operation takes effect at one moment.
/// </para>
/// </remarks>
internal sealed class LockNode(WaitingRoom room, LockNode? parent, BackupNamespace ns, ILevelLock? kernelLock) : LockLease
{
    private const int Exclusive = -1;

    private readonly Lock _gate = new();
    private readonly WaitQueue _queue = new();

    /// <summary>The number of shared holders, children included; <see cref="Exclusive"/>; or 0.</summary>
    private int _state;

    internal BackupNamespace Namespace => ns;

    internal LockNode? Parent => parent;

    internal Lock Gate => _gate;

    /// <summary>Adds a shared holder where there is one, and nobody waits who would have to be asked.</summary>
    internal bool TryShare()
    {
        if (room.HasExclusiveWaiters && IsExclusiveWaitingUpwards())
            return false;
        for (var state = Volatile.Read(ref _state); state > 0;)
        {
            var found = Interlocked.CompareExchange(ref _state, state + 1, state);
            if (found == state)
                return true;
            state = found;
        }
        return false;
    }

    /// <summary>Takes this level in the mode given and shared all above it, or nothing.</summary>
    /// <param name="mode">How.</param>
    /// <param name="ticket">A waiter's, or <see cref="Waiter.AsksOnce"/>, or <see cref="Waiter.Newcomer"/>.</param>
    internal Attempt TryTake(LockMode mode, long ticket)
    {
        if (mode == LockMode.Shared && TryShare())
            return default;
        lock (_gate)
        {
            if (mode == LockMode.Shared ? _state == Exclusive : _state != 0)
                return new(this);
            if (!_queue.LetsPass(mode, ticket))
                return new(this);
            if (_state == 0)
                return TakeFirst(mode, ticket);
            // What holds it holds all above it too: only those who wait there have to be asked.
            for (var above = parent; above is not null; above = above.Parent)
            {
                if (!above.LetsPass(ticket))
                    return new(above);
            }
            Interlocked.Increment(ref _state);
            return default;
        }
    }

    /// <summary>Gives one hold back.</summary>
    public override void Release() => Release(tellWaiters: true);

    /// <summary>Gives back what an attempt took before it failed: no waiter is better off than before it.</summary>
    internal void Undo() => Release(tellWaiters: false);

    private void Release(bool tellWaiters)
    {
        for (var state = Volatile.Read(ref _state); state > 1;)
        {
            var found = Interlocked.CompareExchange(ref _state, state - 1, state);
            if (found == state)
                return;
            state = found;
        }
        lock (_gate)
        {
            var wasExclusive = _state == Exclusive;
            // From here on the count is zero or not, whoever comes: nobody adds to zero without the gate.
            if (!wasExclusive && Interlocked.Decrement(ref _state) > 0)
                return;
            Volatile.Write(ref _state, 0);
            // From the root down, the reverse of taking them: while the leaf is locked, nobody who asks for it gets further.
            parent?.Release(tellWaiters);
            kernelLock?.Unlock();
            if (!tellWaiters)
                return;
            if (wasExclusive)
                _queue.SignalFirst();
            else
                _queue.SignalFirstIfExclusive();
        }
    }

    internal void Join(Waiter waiter, LockMode mode)
    {
        lock (_gate)
            _queue.Join(waiter, mode);
    }

    internal void Leave(Waiter waiter)
    {
        lock (_gate)
            _queue.Leave(waiter);
    }

    /// <summary>How this process is in the way of a request that asks once; null where it is not.</summary>
    internal LockHolder? FindHolder(LockMode mode)
    {
        lock (_gate)
        {
            return _state == Exclusive ? new(Environment.ProcessId, "this process", LockMode.Exclusive)
                : _state > 0 && mode == LockMode.Exclusive ? new(Environment.ProcessId, "this process", LockMode.Shared)
                : _queue.IsShut
                    ? new(Environment.ProcessId, "this process, where an exclusive request waits for its turn", LockMode.Exclusive)
                : null;
        }
    }

    private Attempt TakeFirst(LockMode mode, long ticket)
    {
        if (kernelLock is not null && !kernelLock.TryLock(mode))
        {
            _queue.ForgetOvertakers();
            return new(this, IsByStranger: true);
        }
        var isParentTaken = false;
        var isGranted = false;
        try
        {
            var attempt = parent?.TryTake(LockMode.Shared, ticket) ?? new(null, IsRootNew: true);
            if (!attempt.IsGranted)
                return attempt;
            isParentTaken = true;
            if (kernelLock is not null && !kernelLock.Confirm(mode, attempt.IsRootNew))
                return new(this, IsByStranger: true);
            isGranted = true;
            Volatile.Write(ref _state, mode == LockMode.Exclusive ? Exclusive : 1);
            return attempt;
        }
        finally
        {
            if (!isGranted)
            {
                if (isParentTaken)
                    parent?.Undo();
                kernelLock?.Unlock();
            }
        }
    }

    private bool LetsPass(long ticket)
    {
        if (!_queue.HasExclusive)
            return true;
        lock (_gate)
            return _queue.LetsPass(LockMode.Shared, ticket);
    }

    private bool IsExclusiveWaitingUpwards()
    {
        for (var node = this; node is not null; node = node.Parent)
        {
            if (node._queue.HasExclusive)
                return true;
        }
        return false;
    }
}
