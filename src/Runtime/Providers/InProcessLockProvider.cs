namespace NamespaceLocking;

/// <summary>Locks within this process alone: tests, and programs of one process.</summary>
/// <remarks>
/// <para>Two instances know nothing of each other. Safe for use by several threads.</para>
/// <para>
/// Requests that wait are served first come, first served where they conflict: a shared one that waits stays behind an exclusive
/// one that came before it. A request that asks once is judged by what is held, except that no more than 64 of them pass a
/// request that waits for the same namespace: further ones are refused until that one had its turn, or has given up.
/// </para>
/// </remarks>
public sealed class InProcessLockProvider : ILockProvider
{
    private readonly LockForest _forest = new((_, _) => null);

    /// <summary>Nothing is held at first.</summary>
    public InProcessLockProvider() { }

    internal BackupLocks BackupLocks { get; } = new((_, _) => null);

    /// <inheritdoc/>
    public LockResult Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        _forest.TreeOf(request.Store).Acquire(request, timeout, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LockResult> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        _forest.TreeOf(request.Store).AcquireAsync(request, timeout, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<LockHolder> FindHolders(string store, BackupNamespace ns, LockMode mode) =>
        _forest.FindHolder(store, ns, mode) is { } holder ? [holder] : [];
}
