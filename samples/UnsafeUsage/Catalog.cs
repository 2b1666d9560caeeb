using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>NSL4001: there is no such member, so nothing guards the list, and no access to it is ever reported.</summary>
public sealed class UnsafeCatalog(BackupNamespace ns)
{
    [GuardedBy("Namespase")]
    private readonly List<string> _snapshots = [];

    /// <summary>The namespace of the snapshots.</summary>
    public BackupNamespace Namespace { get; } = ns;

    /// <summary>How many there are.</summary>
    public int Count() => _snapshots.Count;
}

/// <summary>What is known about the snapshots of a namespace.</summary>
public sealed class Catalog(BackupNamespace ns)
{
    [GuardedBy(nameof(Namespace))]
    private readonly List<string> _snapshots = [];

    /// <summary>The namespace of the snapshots.</summary>
    public BackupNamespace Namespace { get; } = ns;

    /// <summary>How many there are.</summary>
    [RequiresLock(LockMode.Shared, nameof(Namespace))]
    public int Count() => _snapshots.Count;
}
