using System.Collections.Concurrent;

namespace NamespaceLocking;

/// <summary>What this process holds in one store, and who waits for it.</summary>
/// <param name="makeKernelLock">What keeps other processes out at a level; null where there is nothing to.</param>
internal sealed class LockTree(Func<BackupNamespace, ILevelLock?> makeKernelLock)
{
    // A node stays, as the lock file of its namespace does.
    private readonly ConcurrentDictionary<BackupNamespace, LockNode> _nodes = new();
    private int _exclusiveWaiters;
    private long _lastTicket;

    /// <summary>Whether an exclusive request waits anywhere in the store.</summary>
    internal bool HasExclusiveWaiters => Volatile.Read(ref _exclusiveWaiters) != 0;

    internal LockResult Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (TryAtOnce(request, timeout, cancellationToken, out var nodes, out var result))
            return result;
        var waiter = Join(request, nodes);
        try
        {
            for (var waits = new Waits(timeout); ;)
            {
                result = TryInTurn(waiter, nodes);
                if (result.IsGranted)
                    return result;
                if (!waits.TryNext(waiter.IsBlockedByStranger, out var delay))
                    break;
                waiter.Wait(delay, cancellationToken);
            }
        }
        finally
        {
            Leave(request, nodes, waiter);
        }
        return TryLast(nodes, result);
    }

    internal async ValueTask<LockResult> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (TryAtOnce(request, timeout, cancellationToken, out var nodes, out var result))
            return result;
        var waiter = Join(request, nodes);
        try
        {
            for (var waits = new Waits(timeout); ;)
            {
                result = TryInTurn(waiter, nodes);
                if (result.IsGranted)
                    return result;
                if (!waits.TryNext(waiter.IsBlockedByStranger, out var delay))
                    break;
                await waiter.WaitAsync(delay, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Leave(request, nodes, waiter);
        }
        return TryLast(nodes, result);
    }

    internal LockHolder? FindHolder(BackupNamespace ns, LockMode mode) =>
        _nodes.TryGetValue(ns, out var node) ? node.FindHolder(mode) : null;

    /// <summary>Asks once.</summary>
    /// <returns>False where the request has to wait.</returns>
    private bool TryAtOnce(
        in LockRequest request, TimeSpan timeout, CancellationToken cancellationToken, out NodeRequest nodes, out LockResult result)
    {
        cancellationToken.ThrowIfCancellationRequested();
        nodes = new(NodeOf(request.Namespace), request.Second is { } second ? NodeOf(second) : null, request.Mode);
        var attempt = nodes.TryTake(timeout == TimeSpan.Zero ? Waiter.AsksOnce : Waiter.Newcomer, out var lease);
        result = attempt.RefusedAt is { } node ? LockResult.Refused(node.Namespace) : LockResult.Granted(lease!);
        return attempt.IsGranted || timeout == TimeSpan.Zero;
    }

    private Waiter Join(in LockRequest request, NodeRequest nodes)
    {
        var waiter = new Waiter(Interlocked.Increment(ref _lastTicket));
        if (request.Mode == LockMode.Exclusive)
            Interlocked.Increment(ref _exclusiveWaiters);
        nodes.Join(waiter);
        return waiter;
    }

    private void Leave(in LockRequest request, NodeRequest nodes, Waiter waiter)
    {
        nodes.Leave(waiter);
        if (request.Mode == LockMode.Exclusive)
            Interlocked.Decrement(ref _exclusiveWaiters);
    }

    private static LockResult TryInTurn(Waiter waiter, NodeRequest nodes)
    {
        var attempt = nodes.TryTake(waiter.Ticket, out var lease);
        waiter.IsBlockedByStranger = attempt.IsByStranger;
        return attempt.RefusedAt is { } node ? LockResult.Refused(node.Namespace) : LockResult.Granted(lease!);
    }

    /// <summary>At the end of its time a request is like one that asks once: who queues before it does not count.</summary>
    private static LockResult TryLast(NodeRequest nodes, LockResult refused) =>
        nodes.TryTake(Waiter.AsksOnce, out var lease).IsGranted ? LockResult.Granted(lease!) : refused;

    private LockNode NodeOf(BackupNamespace ns) => _nodes.TryGetValue(ns, out var node) ? node : AddNode(ns);

    private LockNode AddNode(BackupNamespace ns) =>
        _nodes.GetOrAdd(ns, new LockNode(this, ns.IsRoot ? null : NodeOf(ns.Parent), ns, makeKernelLock(ns)));
}
