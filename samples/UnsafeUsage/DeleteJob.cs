using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Deletes a namespace.</summary>
public static class DeleteJob
{
    /// <summary>NSL3002: the exclusive guard keeps its own holder out too. The second lock is never granted.</summary>
    public static void DeleteUnsafely(Datastore store, BackupNamespace ns)
    {
        using var guard = store.LockExclusive(ns);
        using (store.LockShared(ns))
            Console.WriteLine($"{store.ListSnapshots(ns).Count} snapshots go with {ns}.");
        store.Delete(ns);
    }

    /// <summary>The exclusive guard covers the reading as well.</summary>
    public static void Delete(Datastore store, BackupNamespace ns)
    {
        using var guard = store.LockExclusive(ns);
        Console.WriteLine($"{store.ListSnapshots(ns).Count} snapshots go with {ns}.");
        store.Delete(ns);
    }

    /// <summary>NSL4003: for the scheduler. An Action does not say that it requires a lock, and the scheduler runs it without one.</summary>
    public static Action<BackupNamespace> ForSchedulerUnsafely(Datastore store) => store.Delete;

    /// <summary>The work takes its lock when it runs.</summary>
    public static Action<BackupNamespace> ForScheduler(Datastore store) => ns =>
    {
        using var guard = store.LockExclusive(ns);
        store.Delete(ns);
    };
}
