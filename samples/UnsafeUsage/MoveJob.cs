using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Gives a namespace another place in the tree.</summary>
public static class MoveJob
{
    /// <summary>NSL1002: shared guards let backups run in both places while the directory changes its name under them.</summary>
    public static void MoveUnsafely(Datastore store, BackupNamespace source, BackupNamespace target)
    {
        using var sourceGuard = store.LockShared(source);
        using var targetGuard = store.LockShared(target);
        store.Move(source, target);
    }

    /// <summary>Both exclusively, in one acquisition: two moves in opposite directions cannot wait for each other.</summary>
    public static void Move(Datastore store, BackupNamespace source, BackupNamespace target)
    {
        using var guard = store.LockExclusive(source, target);
        store.Move(source, target);
    }
}
