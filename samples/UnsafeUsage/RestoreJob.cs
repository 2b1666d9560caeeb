using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Gives a snapshot back.</summary>
public static class RestoreJob
{
    /// <summary>NSL1001: no lock at all. Somebody may move or delete the namespace at this very moment.</summary>
    public static void RestoreUnsafely(Datastore store, BackupNamespace ns, string snapshot, Stream target)
    {
        using var content = store.OpenRead(ns, snapshot);
        content.CopyTo(target);
    }

    /// <summary>Under a guard; other restores and backups run beside it.</summary>
    public static void Restore(Datastore store, BackupNamespace ns, string snapshot, Stream target)
    {
        using var guard = store.LockShared(ns);
        using var content = store.OpenRead(ns, snapshot);
        content.CopyTo(target);
    }
}
