using System.Security.Cryptography;
using NamespaceLocking;

namespace UnsafeUsage;

/// <summary>
/// A datastore of a backup server: a directory for each namespace, a file for each snapshot in it, and the snapshot's checksum beside it.
/// It grants its own locks, and says what each operation requires. The rest is the compiler's.
/// </summary>
public sealed class Datastore(string name, string directory, ILockProvider provider)
{
    private readonly NamespaceLockManager _locks = new(name, provider);

    /// <summary>For work inside a namespace: nobody moves or deletes it meanwhile.</summary>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public NamespaceLockGuard LockShared(BackupNamespace ns) => _locks.AcquireShared(ns);

    /// <summary>As <see cref="LockShared"/>, or null where somebody holds the namespace exclusively.</summary>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public NamespaceLockGuard? TryLockShared(BackupNamespace ns) => _locks.TryAcquireShared(ns);

    /// <summary>As <see cref="LockShared"/>, waiting for up to a minute.</summary>
    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public ValueTask<NamespaceLockGuard> LockSharedAsync(BackupNamespace ns, CancellationToken cancellationToken) =>
        _locks.AcquireSharedAsync(ns, TimeSpan.FromMinutes(1), cancellationToken);

    /// <summary>For a change of the namespace itself: nobody else works in it or below it.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public NamespaceLockGuard LockExclusive(BackupNamespace ns, TimeSpan timeout = default) => _locks.AcquireExclusive(ns, timeout);

    /// <summary>For a move: both ends, or neither.</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(source))]
    [AcquiresLock(LockMode.Exclusive, nameof(target))]
    public NamespaceLockGuard LockExclusive(BackupNamespace source, BackupNamespace target, TimeSpan timeout = default) =>
        _locks.AcquireExclusive(source, target, timeout);

    /// <summary>The names of the snapshots, oldest first.</summary>
    [RequiresLock(LockMode.Shared, nameof(ns))]
    public IReadOnlyList<string> ListSnapshots(BackupNamespace ns) =>
        [.. Directory.GetFiles(PathOf(ns), "*.sha256").Order().Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>Stores a snapshot; it is listed when it is complete.</summary>
    [RequiresLock(LockMode.Shared, nameof(ns))]
    public async Task WriteAsync(BackupNamespace ns, string snapshot, Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(PathOf(ns));
        var path = Path.Combine(PathOf(ns), snapshot);
        await using (var file = File.Create(path))
            await content.CopyToAsync(file, cancellationToken);
        await File.WriteAllBytesAsync(path + ".sha256", Checksum(path), cancellationToken);
    }

    /// <summary>Opens a snapshot's content.</summary>
    [RequiresLock(LockMode.Shared, nameof(ns))]
    public Stream OpenRead(BackupNamespace ns, string snapshot) => File.OpenRead(Path.Combine(PathOf(ns), snapshot));

    /// <summary>Whether a snapshot is still what was stored.</summary>
    [RequiresLock(LockMode.Shared, nameof(ns))]
    public bool IsIntact(BackupNamespace ns, string snapshot)
    {
        var path = Path.Combine(PathOf(ns), snapshot);
        return Checksum(path).AsSpan().SequenceEqual(File.ReadAllBytes(path + ".sha256"));
    }

    /// <summary>Removes a snapshot.</summary>
    [RequiresLock(LockMode.Shared, nameof(ns))]
    public void RemoveSnapshot(BackupNamespace ns, string snapshot)
    {
        var path = Path.Combine(PathOf(ns), snapshot);
        File.Delete(path + ".sha256");
        File.Delete(path);
    }

    /// <summary>Gives a namespace, with all that is in it and below it, another place in the tree.</summary>
    [RequiresLock(LockMode.Exclusive, nameof(source))]
    [RequiresLock(LockMode.Exclusive, nameof(target))]
    public void Move(BackupNamespace source, BackupNamespace target)
    {
        Directory.CreateDirectory(PathOf(target.Parent));
        Directory.Move(PathOf(source), PathOf(target));
    }

    /// <summary>Deletes a namespace with all that is in it and below it.</summary>
    [RequiresLock(LockMode.Exclusive, nameof(ns))]
    public void Delete(BackupNamespace ns) => Directory.Delete(PathOf(ns), recursive: true);

    private string PathOf(BackupNamespace ns) => Path.Combine([directory, .. ns.Components]);

    private static byte[] Checksum(string path)
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    }
}
