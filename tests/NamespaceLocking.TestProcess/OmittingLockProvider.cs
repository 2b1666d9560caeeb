namespace NamespaceLocking.TestProcess;

/// <summary>The lock that a broken provider forgets, or a broken program.</summary>
internal enum OmittedLevel
{
    None,
    Own,
    Parent,
    Root,

    /// <summary>All that should be held shared while a backup is locked: its namespace and those above.</summary>
    AroundBackup,

    /// <summary>The lock of the backup itself.</summary>
    Backup,
}

/// <summary>Locks files as <see cref="FileLockProvider"/> does, but for one level: what the checker must find out.</summary>
internal sealed class OmittingLockProvider(string directory, OmittedLevel omitted) : ILockProvider
{
    private readonly LockDirectory _files = new(directory);

    public LockResult Acquire(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var lease = new Lease();
        foreach (var level in request.GetLevels())
        {
            if (IsOmitted(level.Namespace, request.Namespace))
                continue;
            if (_files.TryLock(_files.PlaceOf(request.Store, level.Namespace), level.Mode) is not { } file)
            {
                lease.Release();
                return LockResult.Refused(level.Namespace);
            }
            lease.Files.Add(file);
        }
        return LockResult.Granted(lease);
    }

    public ValueTask<LockResult> AcquireAsync(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        new(Acquire(request, timeout, cancellationToken));

    public IReadOnlyList<LockHolder> FindHolders(string store, BackupNamespace ns, LockMode mode) => [];

    private bool IsOmitted(BackupNamespace level, BackupNamespace requested) => omitted switch
    {
        OmittedLevel.Own => level == requested,
        OmittedLevel.Parent => level == requested.Parent && !requested.IsRoot,
        OmittedLevel.Root => level.IsRoot && !requested.IsRoot,
        _ => false,
    };

    private sealed class Lease : LockLease
    {
        internal List<LockFile> Files { get; } = [];

        public override void Release() => Files.ForEach(file => file.Dispose());
    }
}
