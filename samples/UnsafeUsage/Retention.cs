using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>Which snapshots are kept.</summary>
public abstract class Retention
{
    /// <summary>Removes what is too old.</summary>
    [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(store))]
    public abstract void Apply(Datastore store, BackupNamespace ns);
}

/// <summary>NSL4002: callers who know a Retention hold a shared lock, and nobody tells them that this one takes more.</summary>
public sealed class UnsafeKeepNothing : Retention
{
    /// <summary>Removes even the namespace.</summary>
    [RequiresLock(LockMode.Exclusive, nameof(ns), Store = nameof(store))]
    public override void Apply(Datastore store, BackupNamespace ns) => store.Delete(ns);
}

/// <summary>Keeps nothing but the namespace.</summary>
public sealed class KeepNothing : Retention
{
    /// <summary>Does with what callers hold.</summary>
    public override void Apply(Datastore store, BackupNamespace ns)
    {
        foreach (var snapshot in store.ListSnapshots(ns))
            store.RemoveSnapshot(ns, snapshot);
    }
}
