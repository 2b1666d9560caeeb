using System.Collections.Concurrent;

namespace NamespaceLocking;

/// <summary>The trees of a provider's stores.</summary>
/// <param name="makeKernelLock">What keeps other processes out at a level of a store; null where there is nothing to.</param>
internal sealed class LockForest(Func<string, BackupNamespace, ILevelLock?> makeKernelLock)
{
    private readonly ConcurrentDictionary<string, LockTree> _trees = new();

    internal LockTree TreeOf(string store) => _trees.TryGetValue(store, out var tree) ? tree : AddTree(store);

    internal LockHolder? FindHolder(string store, BackupNamespace ns, LockMode mode) =>
        _trees.TryGetValue(store, out var tree) ? tree.FindHolder(ns, mode) : null;

    private LockTree AddTree(string store) => _trees.GetOrAdd(store, new LockTree(ns => makeKernelLock(store, ns)));
}
