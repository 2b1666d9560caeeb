namespace NamespaceLocking;

/// <summary>Holds what one acquisition granted, from the leaf up to the root, until it is disposed. Disposing again does nothing.</summary>
/// <remarks>
/// Safe for use by several threads, and may be disposed from another thread than the one that acquired it. A guard that is never
/// disposed is a mistake: when it is collected, at whatever time that is, its lock is given back, and it is counted and logged as
/// <see cref="NamespaceLockOptions"/> says.
/// </remarks>
[LockGuard]
public sealed class NamespaceLockGuard : IDisposable, IAsyncDisposable
{
    private readonly NamespaceLockManager _manager;
    private readonly LockLease _lease;
    private readonly LeakSentinel _sentinel;
    private int _isReleased;

    [AcquiresLock(LockMode.Shared, "this.Namespace")]
    internal NamespaceLockGuard(NamespaceLockManager manager, in LockRequest request, LockLease lease, Acquisition? acquisition)
    {
        _manager = manager;
        Namespace = request.Namespace;
        SecondNamespace = request.Second;
        Mode = request.Mode;
        _lease = lease;
        _sentinel = LeakSentinel.Attach(manager, request, lease, acquisition);
    }

    /// <summary>The name of the datastore whose lock it is.</summary>
    public string Store => _manager.Store;

    /// <summary>
    /// The namespace that is held in <see cref="Mode"/>; its ancestors are held shared. Of two namespaces, the first as they were
    /// given, or the upper one where one covers the other.
    /// </summary>
    public BackupNamespace Namespace { get; }

    /// <summary>The other namespace that is held in <see cref="Mode"/>, where two were asked for and neither covers the other; otherwise null.</summary>
    public BackupNamespace? SecondNamespace { get; }

    /// <summary>How the namespace is held.</summary>
    public LockMode Mode { get; }

    /// <summary>False once disposed, or once the provider has reported the lock as lost.</summary>
    public bool IsHeld => Volatile.Read(ref _isReleased) == 0 && !_lease.Lost.IsCancellationRequested;

    /// <summary>
    /// Cancelled when a provider that can lose locks (a lost database connection) has lost this one. Neither
    /// <see cref="InProcessLockProvider"/> nor <see cref="FileLockProvider"/> can, and disposing does not cancel it.
    /// </summary>
    public CancellationToken LostToken => _lease.Lost;

    /// <summary>Throws unless this guard, still held, covers <paramref name="ns"/> in shared mode.</summary>
    /// <remarks>
    /// Shared work is covered at the namespace held and at its ancestors; under an exclusive guard, everything at the namespace and
    /// below it is covered in both modes. Whose store it is, is not asked.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="ns"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It does not; the message says what it holds.</exception>
    [AssertsLock(LockMode.Shared, nameof(ns))]
    public void ThrowIfNotShared(BackupNamespace ns) => ThrowIfNotCovered(ns, LockMode.Shared);

    /// <summary>Throws unless this guard, still held, covers <paramref name="ns"/> in exclusive mode.</summary>
    /// <inheritdoc cref="ThrowIfNotShared"/>
    [AssertsLock(LockMode.Exclusive, nameof(ns))]
    public void ThrowIfNotExclusive(BackupNamespace ns) => ThrowIfNotCovered(ns, LockMode.Exclusive);

    /// <summary>Gives all levels back. Does nothing when it was disposed before.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
            return;
        _sentinel.Detach();
        _lease.Release();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
            return ValueTask.CompletedTask;
        _sentinel.Detach();
        return _lease.ReleaseAsync();
    }

    private void ThrowIfNotCovered(BackupNamespace ns, LockMode mode)
    {
        ArgumentNullException.ThrowIfNull(ns);
        if (IsHeld && LockRequest.Covers(Namespace, SecondNamespace, Mode, ns, mode))
            return;
        var held = $"{Namespaces()} of store {Quoted.Text(Store)}";
        var found = Volatile.Read(ref _isReleased) != 0 ? $"this guard, which held {held}, has been disposed"
            : _lease.Lost.IsCancellationRequested ? $"this guard, which held {held}, has lost its lock"
            : $"this guard holds {held}";
        var (article, wanted) = mode == LockMode.Shared ? ("A", "shared") : ("An", "exclusive");
        throw new InvalidOperationException($"{article} {wanted} lock on {Quoted.Namespace(ns)} is required, but {found}.");
    }

    private string Namespaces()
    {
        var held = SecondNamespace is null ? Quoted.Namespace(Namespace)
            : $"{Quoted.Namespace(Namespace)} and {Quoted.Namespace(SecondNamespace)}";
        var ancestors = Namespace.IsRoot ? "" : ", shared on what lies above";
        return Mode == LockMode.Shared ? $"a shared lock on {held}" + (Namespace.IsRoot ? "" : " and what lies above")
            : $"an exclusive lock on {held}{ancestors},";
    }
}
