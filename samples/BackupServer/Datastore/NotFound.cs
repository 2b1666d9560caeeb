using NamespaceLocking;

namespace BackupServer;

/// <summary>There is no such snapshot, or it was never completed.</summary>
internal sealed class SnapshotNotFoundException(Datastore store, Snapshot snapshot, Exception? inner = null)
    : Exception($"There is no snapshot {snapshot} in datastore '{store.Name}': 'list' shows those that are there.", inner);

/// <summary>There is no such namespace.</summary>
internal sealed class NamespaceNotFoundException(Datastore store, BackupNamespace ns)
    : Exception($"There is no namespace '{ns}' in datastore '{store.Name}': 'namespace create' makes one.");
