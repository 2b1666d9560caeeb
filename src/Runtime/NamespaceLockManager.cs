namespace NamespaceLocking;

/// <summary>Grants hierarchical namespace locks for one datastore. Not re-entrant.</summary>
/// <remarks>
/// <para>
/// Every acquisition takes <c>timeout</c>: zero, the default, asks once and does not wait;
/// <see cref="Timeout.InfiniteTimeSpan"/> waits for as long as it takes. A request that waits holds nothing meanwhile.
/// <c>Acquire…</c> throws <see cref="NamespaceLockedException"/> when the lock is not granted in time,
/// <c>TryAcquire…</c> answers null.
/// </para>
/// <para>
/// A guard holds its mode on the namespace itself and shared on every ancestor, the root included. Two locks on one namespace
/// conflict unless both are shared, whoever holds them: a second request of the same thread too.
/// </para>
/// <para>Safe for use by several threads. Costs nothing to make: managers of one store on one provider are alike.</para>
/// </remarks>
public sealed class NamespaceLockManager
{
    private readonly ILockProvider _provider;

    /// <summary>Locks for the datastore <paramref name="store"/>, kept by <paramref name="provider"/>.</summary>
    /// <param name="store">The datastore's name: 1 to 255 bytes of UTF-8, no '/', no NUL, neither '.' nor '..'.</param>
    /// <param name="provider">Where the locks live.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The name cannot be a store's; the message says why.</exception>
    public NamespaceLockManager(string store, ILockProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        Store = StoreName.Validate(store);
        _provider = provider;
    }

    /// <summary>The datastore's name.</summary>
    public string Store { get; }

    /// <summary>Locks <paramref name="ns"/> for work in it, beside others who do the same.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="timeout">How long to wait for others: by default not at all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The guard; dispose it when the work is done.</returns>
    /// <exception cref="ArgumentNullException">A namespace is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="NamespaceLockedException">Somebody else holds it, or an ancestor of it exclusively, and did not give it back in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was granted.</exception>
    /// <exception cref="IOException">The provider failed, which says nothing about who holds the lock; so does <see cref="UnauthorizedAccessException"/>.</exception>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public NamespaceLockGuard AcquireShared(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        Acquire(new(Store, ns, LockMode.Shared), timeout, cancellationToken);

    /// <summary>Locks <paramref name="ns"/> and all below it for a change of the namespace itself.</summary>
    /// <inheritdoc cref="AcquireShared"/>
    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public NamespaceLockGuard AcquireExclusive(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        Acquire(new(Store, ns, LockMode.Exclusive), timeout, cancellationToken);

    /// <summary>As <see cref="AcquireShared"/>, but answers null where the lock is not granted in time.</summary>
    /// <returns>The guard, or null when somebody else held on for longer than <paramref name="timeout"/>.</returns>
    /// <inheritdoc cref="AcquireShared" path="/param"/>
    /// <exception cref="ArgumentNullException">A namespace is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was granted.</exception>
    /// <exception cref="IOException">The provider failed, which says nothing about who holds the lock; so does <see cref="UnauthorizedAccessException"/>.</exception>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public NamespaceLockGuard? TryAcquireShared(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        TryAcquire(new(Store, ns, LockMode.Shared), timeout, cancellationToken);

    /// <summary>As <see cref="AcquireExclusive(BackupNamespace, TimeSpan, CancellationToken)"/>, but answers null where the lock is not granted in time.</summary>
    /// <inheritdoc cref="TryAcquireShared"/>
    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public NamespaceLockGuard? TryAcquireExclusive(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        TryAcquire(new(Store, ns, LockMode.Exclusive), timeout, cancellationToken);

    /// <inheritdoc cref="AcquireShared"/>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public ValueTask<NamespaceLockGuard> AcquireSharedAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        AcquireAsync(new(Store, ns, LockMode.Shared), timeout, cancellationToken);

    /// <inheritdoc cref="AcquireExclusive(BackupNamespace, TimeSpan, CancellationToken)"/>
    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public ValueTask<NamespaceLockGuard> AcquireExclusiveAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        AcquireAsync(new(Store, ns, LockMode.Exclusive), timeout, cancellationToken);

    /// <inheritdoc cref="TryAcquireShared"/>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public ValueTask<NamespaceLockGuard?> TryAcquireSharedAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        TryAcquireAsync(new(Store, ns, LockMode.Shared), timeout, cancellationToken);

    /// <inheritdoc cref="TryAcquireExclusive"/>
    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public ValueTask<NamespaceLockGuard?> TryAcquireExclusiveAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        TryAcquireAsync(new(Store, ns, LockMode.Exclusive), timeout, cancellationToken);

    /// <summary>
    /// Exclusive locks on two namespaces at once, taken in one fixed order whatever the order given (a move's source and target).
    /// Where one covers the other, it is one exclusive lock on the upper.
    /// </summary>
    /// <param name="first">A namespace.</param>
    /// <param name="second">Another, or the same.</param>
    /// <param name="timeout">How long to wait for others: by default not at all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="AcquireShared"/>
    [AcquiresLock(LockMode.Exclusive, nameof(first))]
    [AcquiresLock(LockMode.Exclusive, nameof(second))]
    public NamespaceLockGuard AcquireExclusive(BackupNamespace first, BackupNamespace second, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        Acquire(LockRequest.ForBoth(Store, first, second), timeout, cancellationToken);

    /// <inheritdoc cref="AcquireExclusive(BackupNamespace, BackupNamespace, TimeSpan, CancellationToken)"/>
    [AcquiresLock(LockMode.Exclusive, nameof(first))]
    [AcquiresLock(LockMode.Exclusive, nameof(second))]
    public ValueTask<NamespaceLockGuard> AcquireExclusiveAsync(BackupNamespace first, BackupNamespace second, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        AcquireAsync(LockRequest.ForBoth(Store, first, second), timeout, cancellationToken);

    private NamespaceLockGuard Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var result = _provider.Acquire(request, Validate(timeout), cancellationToken);
        if (result.IsGranted)
            return new(request, result.Lease);
        var conflict = result.ConflictingNamespace;
        throw new NamespaceLockedException(
            request, timeout, conflict, _provider.FindHolders(Store, conflict, request.ModeOf(conflict)));
    }

    private async ValueTask<NamespaceLockGuard> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var result = await _provider.AcquireAsync(request, Validate(timeout), cancellationToken).ConfigureAwait(false);
        if (result.IsGranted)
            return new(request, result.Lease);
        var conflict = result.ConflictingNamespace;
        var holders = await _provider.FindHoldersAsync(Store, conflict, request.ModeOf(conflict), cancellationToken).ConfigureAwait(false);
        throw new NamespaceLockedException(request, timeout, conflict, holders);
    }

    private NamespaceLockGuard? TryAcquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var result = _provider.Acquire(request, Validate(timeout), cancellationToken);
        return result.IsGranted ? new(request, result.Lease) : null;
    }

    private async ValueTask<NamespaceLockGuard?> TryAcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var result = await _provider.AcquireAsync(request, Validate(timeout), cancellationToken).ConfigureAwait(false);
        return result.IsGranted ? new(request, result.Lease) : null;
    }

    private static TimeSpan Validate(TimeSpan timeout) =>
        timeout >= TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan
            ? timeout
            : throw new ArgumentOutOfRangeException(
                nameof(timeout), timeout, "A timeout is zero (one try), positive, or Timeout.InfiniteTimeSpan.");
}
