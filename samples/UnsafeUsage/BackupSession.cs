using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>NSL2005: the guard is kept in a field, and no member disposes it. The lock outlives the session, until the garbage collector comes by.</summary>
public sealed class UnsafeBackupSession(Datastore store, BackupNamespace ns)
{
    private readonly NamespaceLockGuard _guard = store.LockShared(ns);

    /// <summary>Where the session's snapshots go.</summary>
    public BackupNamespace Namespace => _guard.Namespace;
}

/// <summary>
/// A guard itself: it disposes what it keeps, and who opens a session is told to dispose the session. Inside, its own namespace counts as locked.
/// </summary>
[LockGuard]
public sealed class BackupSession : IDisposable
{
    private readonly Datastore _store;
    private readonly NamespaceLockGuard _guard;

    /// <summary>Locks the namespace for as long as the session lasts.</summary>
    [AcquiresLock(LockMode.Shared, "this.Namespace")]
    public BackupSession(Datastore store, BackupNamespace ns)
    {
        Namespace = ns;
        _store = store;
        _guard = store.LockShared(ns);
    }

    /// <summary>Where the session's snapshots go.</summary>
    public BackupNamespace Namespace { get; }

    /// <summary>Stores a snapshot.</summary>
    public Task UploadAsync(string snapshot, Stream content, CancellationToken cancellationToken) =>
        _store.WriteAsync(Namespace, snapshot, content, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _guard.Dispose();
}
