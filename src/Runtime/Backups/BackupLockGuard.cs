namespace NamespaceLocking;

/// <summary>Holds one group, snapshot or manifest until it is disposed. Disposing again does nothing.</summary>
/// <remarks>
/// Safe for use by several threads, and may be disposed from another thread than the one that acquired it. The lock of a guard that
/// was never disposed is given back when the guard is collected, at whatever time that is, and is counted as
/// <c>namespace_locking.leaks</c> and logged as <see cref="NamespaceLockOptions"/> says.
/// </remarks>
[LockGuard]
public sealed class BackupLockGuard : IDisposable
{
    private readonly BackupLockManager _manager;
    private readonly BackupLock _lock;
    private readonly BackupAcquisition? _acquisition;
    private int _isReleased;

    internal BackupLockGuard(BackupLockManager manager, BackupLock held, LockMode mode, BackupAcquisition? acquisition)
    {
        _manager = manager;
        _lock = held;
        Mode = mode;
        _acquisition = acquisition;
        if (acquisition is not null)
            held.Locks.Remember(acquisition);
    }

    /// <summary>Gives back what was never disposed.</summary>
    ~BackupLockGuard()
    {
        if (_isReleased != 0)
            return;
        try
        {
            EndAcquisition();
            LockMetrics.CountLeak(Store, Mode);
            _manager.Logger?.BackupGuardLeaked(Store, LockMetrics.NameOf(Mode), Target, LockLog.Describe(_acquisition?.Place));
        }
        catch (Exception)
        {
            // Somebody's logger or listener. On this thread it would end the process, and the lock has yet to be given back.
        }
        _lock.Release();
    }

    /// <summary>The name of the datastore.</summary>
    public string Store => _lock.Key.Store;

    /// <summary>What is held.</summary>
    public BackupLockTarget Target => _lock.Key.Target;

    /// <summary>How it is held.</summary>
    public LockMode Mode { get; }

    /// <summary>False once disposed.</summary>
    public bool IsHeld => Volatile.Read(ref _isReleased) == 0;

    /// <summary>Gives the lock back, and leaves its file for the next.</summary>
    public void Dispose()
    {
        if (TryEnd())
            _lock.Release();
    }

    /// <summary>Removes the lock file, where there are files, and gives the lock back: the last act of who has destroyed its target.</summary>
    /// <remarks>Whoever asks from then on locks a new file; so nothing of the target may be touched afterwards.</remarks>
    /// <exception cref="InvalidOperationException">The guard is shared, or has been disposed; nothing was done.</exception>
    /// <exception cref="IOException">
    /// The file could not be removed; the lock was given back all the same. So with <see cref="UnauthorizedAccessException"/>.
    /// </exception>
    public void RemoveAndDispose()
    {
        if (Mode != LockMode.Exclusive)
        {
            throw new InvalidOperationException(
                $"The lock file of {Target} cannot be removed under a shared guard, as others may hold it: ask for an exclusive one.");
        }
        if (!TryEnd())
            throw new InvalidOperationException($"The lock file of {Target} cannot be removed, as this guard has been disposed: remove it while it is held.");
        try
        {
            _lock.RemoveFile();
        }
        finally
        {
            _lock.Release();
        }
    }

    private bool TryEnd()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
            return false;
        GC.SuppressFinalize(this);
        EndAcquisition();
        return true;
    }

    private void EndAcquisition()
    {
        if (_acquisition is not null)
            _lock.Locks.Forget(_acquisition);
    }
}
