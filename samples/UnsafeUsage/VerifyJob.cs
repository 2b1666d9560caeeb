using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Looks for snapshots that are damaged.</summary>
public static class VerifyJob
{
    /// <summary>NSL1005: while the namespace is being moved the Try answers null, and the job goes on without a lock.</summary>
    public static bool VerifyUnsafely(Datastore store, BackupNamespace ns, string snapshot)
    {
        using var guard = store.TryLockShared(ns);
        return store.IsIntact(ns, snapshot);
    }

    /// <summary>Skips what somebody else is moving; the next run will find it.</summary>
    public static bool? Verify(Datastore store, BackupNamespace ns, string snapshot)
    {
        using var guard = store.TryLockShared(ns);
        if (guard is null)
            return null;
        return store.IsIntact(ns, snapshot);
    }

    /// <summary>NSL1004: the list is read under the guard, the snapshots after it was released.</summary>
    public static bool VerifyAllUnsafely(Datastore store, BackupNamespace ns)
    {
        IReadOnlyList<string> snapshots;
        using (store.LockShared(ns))
            snapshots = store.ListSnapshots(ns);
        return snapshots.All(snapshot => store.IsIntact(ns, snapshot));
    }

    /// <summary>The guard lives for as long as the work.</summary>
    public static bool VerifyAll(Datastore store, BackupNamespace ns)
    {
        using (store.LockShared(ns))
        {
            var snapshots = store.ListSnapshots(ns);
            return snapshots.All(snapshot => store.IsIntact(ns, snapshot));
        }
    }

    /// <summary>NSL2006: the guard is the caller's, who goes on working in the namespace, without a lock.</summary>
    public static bool VerifyLastUnsafely(Datastore store, NamespaceLockGuard guard, string snapshot)
    {
        var isIntact = store.IsIntact(guard.Namespace, snapshot);
        guard.Dispose();
        return isIntact;
    }

    /// <summary>Says that it takes the guard over, so that callers know, and are told.</summary>
    public static bool VerifyLast(Datastore store, [TakesOwnership] NamespaceLockGuard guard, string snapshot)
    {
        using (guard)
            return store.IsIntact(guard.Namespace, snapshot);
    }
}
