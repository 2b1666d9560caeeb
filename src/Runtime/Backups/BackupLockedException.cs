namespace NamespaceLocking;

/// <summary>A group, a snapshot or a manifest was not granted in time.</summary>
public sealed class BackupLockedException : Exception
{
    internal BackupLockedException(string store, BackupLockTarget target, LockMode mode, TimeSpan timeout, IReadOnlyList<LockHolder> holders)
        : base($"Store {Quoted.Text(store)}: no {LockMetrics.NameOf(mode)} lock on {target} {Refusal.Describe("it", timeout, holders)}")
    {
        Store = store;
        Target = target;
        Mode = mode;
        Holders = holders;
    }

    /// <summary>The datastore's name.</summary>
    public string Store { get; }

    /// <summary>What was asked for.</summary>
    public BackupLockTarget Target { get; }

    /// <summary>How it was asked for.</summary>
    public LockMode Mode { get; }

    /// <summary>Who holds it, as far as can be told; never null. Empty where a holder is gone by now, or cannot be seen.</summary>
    public IReadOnlyList<LockHolder> Holders { get; }
}
