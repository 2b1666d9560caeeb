using Microsoft.Extensions.Logging;

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
/// <para>
/// The meter <c>NamespaceLocking</c> (System.Diagnostics.Metrics) has <c>namespace_locking.acquisitions</c> by mode and outcome,
/// <c>namespace_locking.wait.duration</c>, <c>namespace_locking.hold.duration</c>, <c>namespace_locking.held</c> and
/// <c>namespace_locking.leaks</c>.
/// </para>
/// <para>Safe for use by several threads. Costs nothing to make: managers of one store on one provider are alike.</para>
/// </remarks>
public sealed class NamespaceLockManager
{
    private readonly ILockProvider _provider;
    private readonly bool _capturesPlaces;

    /// <inheritdoc cref="NamespaceLockManager(string, ILockProvider, NamespaceLockOptions)"/>
    public NamespaceLockManager(string store, ILockProvider provider) : this(store, provider, new()) { }

    /// <summary>Locks for the datastore <paramref name="store"/>, kept by <paramref name="provider"/>.</summary>
    /// <param name="store">The datastore's name: 1 to 255 bytes of UTF-8, no '/', no NUL, neither '.' nor '..'.</param>
    /// <param name="provider">Where the locks live.</param>
    /// <param name="options">What an operator is told.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The name cannot be a store's; the message says why.</exception>
    public NamespaceLockManager(string store, ILockProvider provider, NamespaceLockOptions options)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        Store = StoreName.Validate(store);
        _provider = provider;
        _capturesPlaces = options.CaptureAcquisitionPlaces;
        Logger = options.LoggerFactory?.CreateLogger("NamespaceLocking");
    }

    /// <summary>The datastore's name.</summary>
    public string Store { get; }

    /// <summary>Null where nobody is to be told.</summary>
    internal ILogger? Logger { get; }

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
        AcquireAsync(new(Store, ns, LockMode.Shared), LockTimeout.Validate(timeout), cancellationToken);

    /// <inheritdoc cref="AcquireExclusive(BackupNamespace, TimeSpan, CancellationToken)"/>
    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public ValueTask<NamespaceLockGuard> AcquireExclusiveAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        AcquireAsync(new(Store, ns, LockMode.Exclusive), LockTimeout.Validate(timeout), cancellationToken);

    /// <inheritdoc cref="TryAcquireShared"/>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public ValueTask<NamespaceLockGuard?> TryAcquireSharedAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        TryAcquireAsync(new(Store, ns, LockMode.Shared), LockTimeout.Validate(timeout), cancellationToken);

    /// <inheritdoc cref="TryAcquireExclusive"/>
    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public ValueTask<NamespaceLockGuard?> TryAcquireExclusiveAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        TryAcquireAsync(new(Store, ns, LockMode.Exclusive), LockTimeout.Validate(timeout), cancellationToken);

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
        AcquireAsync(LockRequest.ForBoth(Store, first, second), LockTimeout.Validate(timeout), cancellationToken);

    private NamespaceLockGuard Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var place = FindPlace();
        var result = Ask(request, LockTimeout.Validate(timeout), cancellationToken);
        if (result.IsGranted)
            return Guard(request, result.Lease, place);
        var conflict = result.ConflictingNamespace;
        var mode = request.ModeOf(conflict);
        var holders = Acquisition.Explain(_provider.FindHolders(Store, conflict, mode), _provider, Store, conflict, mode);
        throw new NamespaceLockedException(request, timeout, conflict, holders);
    }

    private async ValueTask<NamespaceLockGuard> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var place = FindPlace();
        var result = await AskAsync(request, timeout, cancellationToken).ConfigureAwait(false);
        if (result.IsGranted)
            return Guard(request, result.Lease, place);
        var conflict = result.ConflictingNamespace;
        var mode = request.ModeOf(conflict);
        var holders = await _provider.FindHoldersAsync(Store, conflict, mode, cancellationToken).ConfigureAwait(false);
        throw new NamespaceLockedException(request, timeout, conflict, Acquisition.Explain(holders, _provider, Store, conflict, mode));
    }

    private NamespaceLockGuard? TryAcquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var place = FindPlace();
        var result = Ask(request, LockTimeout.Validate(timeout), cancellationToken);
        return result.IsGranted ? Guard(request, result.Lease, place) : null;
    }

    private async ValueTask<NamespaceLockGuard?> TryAcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var place = FindPlace();
        var result = await AskAsync(request, timeout, cancellationToken).ConfigureAwait(false);
        return result.IsGranted ? Guard(request, result.Lease, place) : null;
    }

    private NamespaceLockGuard Guard(in LockRequest request, LockLease lease, string? place) =>
        new(this, request, lease, _capturesPlaces ? Acquisition.Start(_provider, request, place) : null);

    /// <summary>Found before the request, when the stack still leads to who makes it.</summary>
    private string? FindPlace() => _capturesPlaces ? CallSite.Find() : null;

    private LockResult Ask(in LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        IsWatched ? AskWatched(request, timeout, cancellationToken) : _provider.Acquire(request, timeout, cancellationToken);

    private ValueTask<LockResult> AskAsync(in LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        IsWatched ? AskWatchedAsync(request, timeout, cancellationToken) : _provider.AcquireAsync(request, timeout, cancellationToken);

    private bool IsWatched => LockMetrics.AreRequestsMeasured || Logger is not null;

    private LockResult AskWatched(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var watch = new RequestWatch(Logger, request);
        try
        {
            return watch.End(_provider.Acquire(request, timeout, cancellationToken));
        }
        catch (Exception error)
        {
            watch.End(error);
            throw;
        }
    }

    private async ValueTask<LockResult> AskWatchedAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var watch = new RequestWatch(Logger, request);
        try
        {
            return watch.End(await _provider.AcquireAsync(request, timeout, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error)
        {
            watch.End(error);
            throw;
        }
    }
}
