using Microsoft.Extensions.Logging;

namespace NamespaceLocking;

/// <summary>
/// Grants locks on the groups, snapshots and manifests of one datastore, each of them alone. Callers hold the namespace that it is in,
/// shared, for as long as the guard. Not re-entrant.
/// </summary>
/// <remarks>
/// <para>
/// Every acquisition takes <c>timeout</c>: zero, the default, asks once and does not wait;
/// <see cref="Timeout.InfiniteTimeSpan"/> waits for as long as it takes. A request that waits holds nothing of its target meanwhile,
/// but what its caller holds besides: take a group before its snapshots, and a snapshot before its manifest.
/// </para>
/// <para>
/// In files, a target's lock file is in the directory of its namespace's (<c>DIRECTORY/STORE/a:b/</c>): its path, escaped as systemd
/// escapes paths in the names of units, is the file's name (<c>vm-100</c>). One that would have 255 bytes or more is <c>hashed/</c>
/// + its first 80 characters + <c>...</c> + its last 80 + <c>-</c> + the SHA-256 of the path in hex. So programs that follow the
/// scheme of Proxmox Backup Server and this one keep each other out. What <see cref="FileLockProvider"/> says of lock files goes for
/// these too, except that they are closed when they are given back.
/// </para>
/// <para>Safe for use by several threads. Costs nothing to make: managers of one store on one provider are alike.</para>
/// </remarks>
public sealed class BackupLockManager
{
    private readonly BackupLocks _locks;

    private readonly bool _capturesPlaces;

    /// <inheritdoc cref="BackupLockManager(string, FileLockProvider, NamespaceLockOptions)"/>
    public BackupLockManager(string store, FileLockProvider provider) : this(store, provider, new()) { }

    /// <summary>Locks of the datastore <paramref name="store"/> in files, shared by the processes of one machine.</summary>
    /// <param name="store">The datastore's name, as for <see cref="NamespaceLockManager"/>.</param>
    /// <param name="provider">Where the locks live.</param>
    /// <param name="options">What an operator is told.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The name cannot be a store's; the message says why.</exception>
    public BackupLockManager(string store, FileLockProvider provider, NamespaceLockOptions options)
        : this(store, provider?.BackupLocks ?? throw new ArgumentNullException(nameof(provider)), options) { }

    /// <inheritdoc cref="BackupLockManager(string, InProcessLockProvider, NamespaceLockOptions)"/>
    public BackupLockManager(string store, InProcessLockProvider provider) : this(store, provider, new()) { }

    /// <summary>Locks of the datastore <paramref name="store"/> within this process alone.</summary>
    /// <inheritdoc cref="BackupLockManager(string, FileLockProvider, NamespaceLockOptions)"/>
    public BackupLockManager(string store, InProcessLockProvider provider, NamespaceLockOptions options)
        : this(store, provider?.BackupLocks ?? throw new ArgumentNullException(nameof(provider)), options) { }

    internal BackupLockManager(string store, BackupLocks locks, NamespaceLockOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Store = StoreName.Validate(store);
        _locks = locks;
        _capturesPlaces = options.CaptureAcquisitionPlaces;
        Logger = options.LoggerFactory?.CreateLogger("NamespaceLocking");
    }

    /// <summary>The datastore's name.</summary>
    public string Store { get; }

    /// <summary>Null where nobody is to be told.</summary>
    internal ILogger? Logger { get; }

    /// <summary>Locks a group, a snapshot or a manifest.</summary>
    /// <param name="target">What to lock.</param>
    /// <param name="mode">Whether others may share it.</param>
    /// <param name="timeout">How long to wait for others: by default not at all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The guard; dispose it when the work is done.</returns>
    /// <exception cref="ArgumentNullException">The target is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>, or the mode is none.</exception>
    /// <exception cref="BackupLockedException">Somebody else holds it, and did not give it back in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was granted.</exception>
    /// <exception cref="IOException">
    /// The lock file failed, which says nothing about who holds the lock; so does <see cref="UnauthorizedAccessException"/>.
    /// </exception>
    [RequiresLock(LockMode.Shared, "target.Namespace")]
    public BackupLockGuard Acquire(BackupLockTarget target, LockMode mode, TimeSpan timeout = default, CancellationToken cancellationToken = default) =>
        TryAcquire(target, mode, timeout, cancellationToken) ?? throw Refused(target, mode, timeout);

    /// <summary>As <see cref="Acquire"/>, but answers null where the lock is not granted in time.</summary>
    /// <returns>The guard, or null when somebody else held on for longer than <paramref name="timeout"/>.</returns>
    /// <inheritdoc cref="Acquire" path="/param"/>
    /// <exception cref="ArgumentNullException">The target is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not <see cref="Timeout.InfiniteTimeSpan"/>, or the mode is none.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was granted.</exception>
    /// <exception cref="IOException">
    /// The lock file failed, which says nothing about who holds the lock; so does <see cref="UnauthorizedAccessException"/>.
    /// </exception>
    [RequiresLock(LockMode.Shared, "target.Namespace")]
    public BackupLockGuard? TryAcquire(BackupLockTarget target, LockMode mode, TimeSpan timeout = default, CancellationToken cancellationToken = default)
    {
        Validate(target, mode, timeout);
        // Found before the request, when the stack still leads to who makes it.
        var place = _capturesPlaces ? CallSite.Find() : null;
        var held = _locks.Acquire(Store, target, mode, timeout, cancellationToken);
        return Guard(held, target, mode, place);
    }

    /// <inheritdoc cref="Acquire"/>
    [RequiresLock(LockMode.Shared, "target.Namespace")]
    public ValueTask<BackupLockGuard> AcquireAsync(
        BackupLockTarget target, LockMode mode, TimeSpan timeout = default, CancellationToken cancellationToken = default)
    {
        Validate(target, mode, timeout);
        return AskOrThrowAsync(target, mode, timeout, cancellationToken);
    }

    /// <inheritdoc cref="TryAcquire"/>
    [RequiresLock(LockMode.Shared, "target.Namespace")]
    public ValueTask<BackupLockGuard?> TryAcquireAsync(
        BackupLockTarget target, LockMode mode, TimeSpan timeout = default, CancellationToken cancellationToken = default)
    {
        Validate(target, mode, timeout);
        return AskAsync(target, mode, timeout, cancellationToken);
    }

    private async ValueTask<BackupLockGuard> AskOrThrowAsync(
        BackupLockTarget target, LockMode mode, TimeSpan timeout, CancellationToken cancellationToken) =>
        await AskAsync(target, mode, timeout, cancellationToken).ConfigureAwait(false) ?? throw Refused(target, mode, timeout);

    private async ValueTask<BackupLockGuard?> AskAsync(
        BackupLockTarget target, LockMode mode, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Found before the request, when the stack still leads to who makes it.
        var place = _capturesPlaces ? CallSite.Find() : null;
        var held = await _locks.AcquireAsync(Store, target, mode, timeout, cancellationToken).ConfigureAwait(false);
        return Guard(held, target, mode, place);
    }

    private BackupLockGuard? Guard(BackupLock? held, BackupLockTarget target, LockMode mode, string? place)
    {
        if (held is not null)
            return new(this, held, mode, _capturesPlaces ? new(held.Key, mode, place) : null);
        Logger?.BackupRefused(Store, LockMetrics.NameOf(mode), target);
        return null;
    }

    private BackupLockedException Refused(BackupLockTarget target, LockMode mode, TimeSpan timeout) =>
        new(Store, target, mode, timeout, _locks.FindHolders(Store, target, mode));

    private static void Validate(BackupLockTarget target, LockMode mode, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (mode is not (LockMode.Shared or LockMode.Exclusive))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "A mode is LockMode.Shared or LockMode.Exclusive.");
        LockTimeout.Validate(timeout);
    }
}
