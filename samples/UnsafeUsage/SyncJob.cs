using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Copies snapshots to another namespace, or to another datastore.</summary>
public static class SyncJob
{
    /// <summary>NSL1003: the guard is the source's. In the target store anybody may delete the namespace that is written to.</summary>
    public static async Task PushUnsafely(Datastore source, Datastore target, BackupNamespace ns, string snapshot, CancellationToken cancellationToken)
    {
        await using var guard = await source.LockSharedAsync(ns, cancellationToken);
        await using var content = source.OpenRead(ns, snapshot);
        await target.WriteAsync(ns, snapshot, content, cancellationToken);
    }

    /// <summary>A guard for each store.</summary>
    public static async Task Push(Datastore source, Datastore target, BackupNamespace ns, string snapshot, CancellationToken cancellationToken)
    {
        await using var sourceGuard = await source.LockSharedAsync(ns, cancellationToken);
        await using var targetGuard = await target.LockSharedAsync(ns, cancellationToken);
        await using var content = source.OpenRead(ns, snapshot);
        await target.WriteAsync(ns, snapshot, content, cancellationToken);
    }

    /// <summary>NSL2004: the second guard takes the place of the first, which nobody can dispose any more.</summary>
    public static IEnumerable<string> FindMissingUnsafely(Datastore store, BackupNamespace source, BackupNamespace target)
    {
        var guard = store.LockShared(source);
        try
        {
            var expected = store.ListSnapshots(source);
            guard = store.LockShared(target);
            return expected.Except(store.ListSnapshots(target));
        }
        finally
        {
            guard.Dispose();
        }
    }

    /// <summary>A variable for each guard.</summary>
    public static IEnumerable<string> FindMissing(Datastore store, BackupNamespace source, BackupNamespace target)
    {
        using var sourceGuard = store.LockShared(source);
        using var targetGuard = store.LockShared(target);
        return store.ListSnapshots(source).Except(store.ListSnapshots(target));
    }
}
