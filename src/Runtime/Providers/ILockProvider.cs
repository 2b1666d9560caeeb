namespace NamespaceLocking;

/// <summary>Where locks live: this process, a directory shared by processes, or a distributed engine.</summary>
/// <remarks>
/// A request carries all its levels, so that an engine can decide in one round trip. An implementation grants every level or
/// none, holds nothing for a request that waits, counts what the same process holds as it does a stranger's, and is safe for use
/// by several threads. It tells "held by somebody else" (a refusal) from "cannot tell" (an exception).
/// </remarks>
public interface ILockProvider
{
    /// <summary>Asks for the locks, and blocks for at most <paramref name="timeout"/> until they are free.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="timeout">Zero: one try. <see cref="Timeout.InfiniteTimeSpan"/>: as long as it takes. Otherwise positive.</param>
    /// <param name="cancellationToken">Ends the wait; what is granted stays granted.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the locks were granted.</exception>
    LockResult Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken);

    /// <inheritdoc cref="Acquire"/>
    ValueTask<LockResult> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Who holds <paramref name="ns"/> so that a lock in <paramref name="mode"/> is refused: as far as can be told, and as of now.</summary>
    /// <remarks>For error messages only. Does not throw: what cannot be found out is left out.</remarks>
    IReadOnlyList<LockHolder> FindHolders(string store, BackupNamespace ns, LockMode mode);

    /// <inheritdoc cref="FindHolders"/>
    ValueTask<IReadOnlyList<LockHolder>> FindHoldersAsync(
        string store, BackupNamespace ns, LockMode mode, CancellationToken cancellationToken) => new(FindHolders(store, ns, mode));
}
