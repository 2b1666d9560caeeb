namespace NamespaceLocking;

/// <summary>Locks shared by the processes of one machine: flock(2) on files below a directory.</summary>
/// <remarks>
/// <para>
/// The lock file of a namespace <c>a/b</c> is <c>DIRECTORY/STORE/a:b/.ns-lock</c>. Any program that locks the same files with
/// flock(2), such as flock(1), and this one keep each other out. A process that dies leaves nothing locked. Lock files stay;
/// removing one is allowed only to who holds it exclusively, and as the last act: others lock a new file from then on.
/// </para>
/// <para>
/// The directory, and what is below it, is made where it is missing (0770, lock files 0660, less the umask). It belongs on a local
/// file system, such as one below /run. No symbolic link below it is followed. Linux only. Safe for use by several threads.
/// </para>
/// <para>A request that waits asks again after 1 ms at first and 75 ms at most, and holds nothing in between.</para>
/// </remarks>
public sealed class FileLockProvider : ILockProvider
{
    private readonly LockDirectory _directory;

    /// <summary>Locks on files below <paramref name="directory"/>; nothing is made or opened before the first request.</summary>
    /// <param name="directory">A path; a relative one is taken from the working directory as it is now.</param>
    /// <exception cref="ArgumentNullException"><paramref name="directory"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is empty or cannot be a path.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public FileLockProvider(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "FileLockProvider locks files by Linux's flock(2) and open file descriptions, which this operating system does not have. "
                + "Within one process, use InProcessLockProvider.");
        }
        _directory = new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
    }

    /// <inheritdoc/>
    public LockResult Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var backoff = new Backoff(timeout); ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = Try(request);
            if (result.IsGranted || !backoff.TryNext(out var delay))
                return result;
            cancellationToken.WaitHandle.WaitOne(delay);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<LockResult> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var backoff = new Backoff(timeout); ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = Try(request);
            if (result.IsGranted || !backoff.TryNext(out var delay))
                return result;
            await Task.Delay(delay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<LockHolder> FindHolders(string store, BackupNamespace ns, LockMode mode) =>
        ProcLocks.FindHolders(_directory.PathOf(store, ns), mode);

    private LockResult Try(LockRequest request)
    {
        var levels = request.GetLevels();
        var files = new List<LockFile>(levels.Count);
        var isGranted = false;
        try
        {
            foreach (var level in levels)
            {
                if (_directory.TryLock(request.Store, level) is not { } file)
                    return LockResult.Refused(level.Namespace);
                files.Add(file);
            }
            isGranted = true;
            return LockResult.Granted(new Lease(files));
        }
        finally
        {
            if (!isGranted)
                Release(files);
        }
    }

    private static void Release(List<LockFile> files)
    {
        // From the root down, the reverse of taking them: while the leaf is locked, nobody who asks for it gets further.
        for (var i = files.Count - 1; i >= 0; i--)
            files[i].Dispose();
    }

    private sealed class Lease(List<LockFile> files) : LockLease
    {
        public override void Release() => FileLockProvider.Release(files);
    }
}
