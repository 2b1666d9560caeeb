namespace NamespaceLocking;

/// <summary>Requests for the nodes of one tree, and those of them that wait.</summary>
internal sealed class WaitingRoom
{
    private int _exclusiveWaiters;
    private long _lastTicket;

    /// <summary>Whether an exclusive request waits for any of the nodes.</summary>
    internal bool HasExclusiveWaiters => Volatile.Read(ref _exclusiveWaiters) != 0;

    internal LockResult Acquire(NodeRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (TryAtOnce(request, timeout, cancellationToken, out var result))
            return result;
        var waiter = Join(request);
        try
        {
            for (var waits = new Waits(timeout); ;)
            {
                result = TryInTurn(waiter, request);
                if (result.IsGranted)
                    return result;
                if (!waits.TryNext(waiter.IsBlockedByStranger, out var delay))
                    break;
                waiter.Wait(delay, cancellationToken);
            }
        }
        finally
        {
            Leave(request, waiter);
        }
        return TryLast(request, result);
    }

    internal async ValueTask<LockResult> AcquireAsync(NodeRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (TryAtOnce(request, timeout, cancellationToken, out var result))
            return result;
        var waiter = Join(request);
        try
        {
            for (var waits = new Waits(timeout); ;)
            {
                result = TryInTurn(waiter, request);
                if (result.IsGranted)
                    return result;
                if (!waits.TryNext(waiter.IsBlockedByStranger, out var delay))
                    break;
                await waiter.WaitAsync(delay, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Leave(request, waiter);
        }
        return TryLast(request, result);
    }

    /// <summary>Asks once.</summary>
    /// <returns>False where the request has to wait.</returns>
    private bool TryAtOnce(
        in NodeRequest request, TimeSpan timeout, CancellationToken cancellationToken, out LockResult result)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var attempt = request.TryTake(timeout == TimeSpan.Zero ? Waiter.AsksOnce : Waiter.Newcomer, out var lease);
        result = attempt.RefusedAt is { } node ? LockResult.Refused(node.Namespace) : LockResult.Granted(lease!);
        return attempt.IsGranted || timeout == TimeSpan.Zero;
    }

    private Waiter Join(NodeRequest request)
    {
        var waiter = new Waiter(Interlocked.Increment(ref _lastTicket));
        if (request.Mode == LockMode.Exclusive)
            Interlocked.Increment(ref _exclusiveWaiters);
        request.Join(waiter);
        return waiter;
    }

    private void Leave(NodeRequest request, Waiter waiter)
    {
        request.Leave(waiter);
        if (request.Mode == LockMode.Exclusive)
            Interlocked.Decrement(ref _exclusiveWaiters);
    }

    private static LockResult TryInTurn(Waiter waiter, NodeRequest request)
    {
        var attempt = request.TryTake(waiter.Ticket, out var lease);
        waiter.IsBlockedByStranger = attempt.IsByStranger;
        return attempt.RefusedAt is { } node ? LockResult.Refused(node.Namespace) : LockResult.Granted(lease!);
    }

    /// <summary>At the end of its time a request is like one that asks once: who queues before it does not count.</summary>
    private static LockResult TryLast(NodeRequest request, LockResult refused) =>
        request.TryTake(Waiter.AsksOnce, out var lease).IsGranted ? LockResult.Granted(lease!) : refused;
}
