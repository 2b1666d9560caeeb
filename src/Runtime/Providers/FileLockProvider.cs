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
/// <para>
/// Holders of this process share one lock in the kernel, which is given back with the last of them; lock files that were used
/// before stay open, as <see cref="FileLockOptions.KeptFiles"/> says. Some hundred bytes a namespace are kept for as long as the
/// provider, as the lock file of each is.
/// </para>
/// <para>
/// A request that waits holds nothing meanwhile. Within this process those who wait are served first come, first served where they
/// conflict: a shared one that waits stays behind an exclusive one that came before it. A request that asks once is judged by what is
/// held, except that no more than 64 of them pass a request of this process that waits for others of this process to give back the
/// same namespace: further ones are refused until that one had its turn, or has given up, or finds that it is another process that
/// is in the way. Then it asks again after 1 ms at first and 75 ms at most.
/// </para>
/// </remarks>
public sealed class FileLockProvider : ILockProvider
{
    private readonly LockDirectory _directory;
    private readonly LockForest _forest;

    /// <inheritdoc cref="FileLockProvider(string, FileLockOptions)"/>
    public FileLockProvider(string directory) : this(directory, new()) { }

    /// <summary>Locks on files below <paramref name="directory"/>; nothing is made or opened before the first request.</summary>
    /// <param name="directory">A path; a relative one is taken from the working directory as it is now.</param>
    /// <param name="options">How files are made, and how many are kept open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="directory"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is empty or cannot be a path, or an option cannot be used; the message says why.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public FileLockProvider(string directory, FileLockOptions options)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(options);
        if (directory.Length == 0 || directory.Contains('\0'))
        {
            throw new ArgumentException(
                $"{Quoted.Path(directory)} cannot be a lock directory: it {(directory.Length == 0 ? "is empty" : "has a NUL character")}. "
                + "Give the path of a directory, which is made where it is missing.", nameof(directory));
        }
        if (options.FindError() is { } error)
            throw new ArgumentException(error, nameof(options));
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "FileLockProvider locks files by Linux's flock(2) and open file descriptions, which this operating system does not have. "
                + "Within one process, use InProcessLockProvider.");
        }
        _directory = new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)), options);
        _forest = new((store, ns) => new LevelFile(_directory, _directory.PlaceOf(store, ns)));
        BackupLocks = new((store, target) => new(_directory, _directory.PlaceOf(store, target)));
    }

    internal BackupLocks BackupLocks { get; }

    /// <inheritdoc/>
    public LockResult Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        _forest.TreeOf(request.Store).Acquire(request, timeout, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LockResult> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        _forest.TreeOf(request.Store).AcquireAsync(request, timeout, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<LockHolder> FindHolders(string store, BackupNamespace ns, LockMode mode)
    {
        var holders = ProcLocks.FindHolders(_directory.PlaceOf(store, ns).FullPath, mode);
        return holders.Count == 0 && _forest.FindHolder(store, ns, mode) is { } holder ? [holder] : holders;
    }
}
