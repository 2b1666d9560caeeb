using System.Collections.Concurrent;

namespace NamespaceLocking;

/// <summary>What this process holds in one store, and who waits for it.</summary>
/// <param name="makeKernelLock">What keeps other processes out at a level; null where there is nothing to.</param>
internal sealed class LockTree(Func<BackupNamespace, ILevelLock?> makeKernelLock)
{
    // A node stays, as the lock file of its namespace does.
    private readonly ConcurrentDictionary<BackupNamespace, LockNode> _nodes = new();
    private readonly WaitingRoom _room = new();

    /// <summary>Whether an exclusive request waits anywhere in the store.</summary>
    internal bool HasExclusiveWaiters => _room.HasExclusiveWaiters;

    internal LockResult Acquire(in LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        _room.Acquire(NodesOf(request), timeout, cancellationToken);

    internal ValueTask<LockResult> AcquireAsync(in LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        _room.AcquireAsync(NodesOf(request), timeout, cancellationToken);

    internal LockHolder? FindHolder(BackupNamespace ns, LockMode mode) =>
        _nodes.TryGetValue(ns, out var node) ? node.FindHolder(mode) : null;

    private NodeRequest NodesOf(in LockRequest request) =>
        new(NodeOf(request.Namespace), request.Second is { } second ? NodeOf(second) : null, request.Mode);

    private LockNode NodeOf(BackupNamespace ns) => _nodes.TryGetValue(ns, out var node) ? node : AddNode(ns);

    private LockNode AddNode(BackupNamespace ns) =>
        _nodes.GetOrAdd(ns, new LockNode(_room, ns.IsRoot ? null : NodeOf(ns.Parent), ns, makeKernelLock(ns)));
}
