using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Gives a namespace another place in the tree.</summary>
public static class MoveJob
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>NSL1002: shared guards let backups run in both places while the directory changes its name under them.</summary>
    public static void MoveUnsafely(Datastore store, BackupNamespace source, BackupNamespace target)
    {
        using var sourceGuard = store.LockShared(source);
        using var targetGuard = store.LockShared(target);
        store.Move(source, target);
    }

    /// <summary>Both exclusively, in one acquisition.</summary>
    public static void Move(Datastore store, BackupNamespace source, BackupNamespace target)
    {
        using var guard = store.LockExclusive(source, target);
        store.Move(source, target);
    }

    /// <summary>NSL3003: two moves in opposite directions each hold what the other waits for, until both give up.</summary>
    public static void MoveWhenFreeUnsafely(Datastore store, BackupNamespace source, BackupNamespace target)
    {
        using var sourceGuard = store.LockExclusive(source, Patience);
        using var targetGuard = store.LockExclusive(target, Patience);
        store.Move(source, target);
    }

    /// <summary>One acquisition waits with nothing in hand.</summary>
    public static void MoveWhenFree(Datastore store, BackupNamespace source, BackupNamespace target)
    {
        using var guard = store.LockExclusive(source, target, Patience);
        store.Move(source, target);
    }
}
