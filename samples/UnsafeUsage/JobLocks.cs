using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Locks as the jobs want them. Callers are checked by what the annotations say, so the annotations are checked too.</summary>
public static class JobLocks
{
    /// <summary>NSL4004: nobody can see in an IDisposable that it holds a lock, so nobody is warned who drops it.</summary>
    [AcquiresLock(LockMode.Shared, nameof(ns), Store = nameof(store))]
    public static IDisposable LockForRestoreUnsafely(Datastore store, BackupNamespace ns) => store.LockShared(ns);

    /// <summary>Hands the guard out as a guard.</summary>
    [AcquiresLock(LockMode.Shared, nameof(ns), Store = nameof(store))]
    public static NamespaceLockGuard LockForRestore(Datastore store, BackupNamespace ns) => store.LockShared(ns);

    /// <summary>NSL4005: callers in other assemblies cannot see that it is exclusive, and are warned where they delete.</summary>
    public static NamespaceLockGuard LockForMoveUnsafely(Datastore store, BackupNamespace ns) => store.LockExclusive(ns);

    /// <summary>Says what it holds.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(ns), Store = nameof(store))]
    public static NamespaceLockGuard LockForMove(Datastore store, BackupNamespace ns) => store.LockExclusive(ns);

    /// <summary>NSL4006: callers believe the annotation, and delete under a shared lock.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(ns), Store = nameof(store))]
    public static NamespaceLockGuard LockForDeletionUnsafely(Datastore store, BackupNamespace ns) => store.LockShared(ns);

    /// <summary>Acquires what it promises.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(ns), Store = nameof(store))]
    public static NamespaceLockGuard LockForDeletion(Datastore store, BackupNamespace ns) => store.LockExclusive(ns);
}
