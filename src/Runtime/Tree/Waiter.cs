namespace NamespaceLocking;

/// <summary>A request that waits: it stands in the queue of each of its levels until it is granted or gives up.</summary>
internal sealed class Waiter(long ticket)
{
    /// <summary>Ticket of a request that asks once: no place in any queue.</summary>
    internal const long AsksOnce = -1;

    /// <summary>Ticket of a request that would wait and has not joined the queues yet: everybody there came first.</summary>
    internal const long Newcomer = long.MaxValue;

    private readonly SemaphoreSlim _signal = new(0);
    private int _isSignalled;

    /// <summary>Lower is earlier.</summary>
    internal long Ticket => ticket;

    /// <summary>Whether another process was in the way at the last attempt, so that asking again is all that can be done.</summary>
    internal bool IsBlockedByStranger { get; set => Volatile.Write(ref field, value); }

    /// <summary>Something changed that may be what this one waits for.</summary>
    internal void Signal()
    {
        // One signal makes one attempt, and an attempt sees all that happened before it.
        if (Interlocked.Exchange(ref _isSignalled, 1) == 0)
            _signal.Release();
    }

    internal void Wait(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_signal.Wait(timeout, cancellationToken))
            Interlocked.Exchange(ref _isSignalled, 0);
    }

    internal async ValueTask WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (await _signal.WaitAsync(timeout, cancellationToken).ConfigureAwait(false))
            Interlocked.Exchange(ref _isSignalled, 0);
    }
}
