using System.Security.Cryptography;
using NamespaceLocking;

namespace BackupServer;

/// <summary>What is in groups and snapshots. The namespace must not be moved or deleted meanwhile.</summary>
internal sealed partial class Datastore
{
    private const string ManifestName = "manifest.json";
    private const string OwnerName = "owner";
    private const string ProtectedName = ".protected";
    private const string IndexExtension = ".idx";

    /// <exception cref="InvalidDataException">The group has none: it was not made as a whole.</exception>
    [RequiresLock(LockMode.Shared, "group.Namespace")]
    public string ReadOwner(BackupGroup group)
    {
        var path = Path.Combine(PathOf(group), OwnerName);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : throw new InvalidDataException($"Group {group} of '{Name}' has no owner.");
    }

    /// <summary>Reads and checks the manifest.</summary>
    /// <exception cref="SnapshotNotFoundException">There is no such snapshot, or it is not complete.</exception>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    public Manifest ReadManifest(Snapshot snapshot)
    {
        try
        {
            return Manifest.Parse(File.ReadAllBytes(Path.Combine(PathOf(snapshot), ManifestName)));
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SnapshotNotFoundException(this, snapshot, error);
        }
    }

    /// <summary>Reads an archive's index, and checks it against the manifest.</summary>
    /// <exception cref="InvalidDataException">The index is missing or corrupt.</exception>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [RequiresLock(LockMode.Shared, "snapshot.Key")]
    public SnapshotIndex ReadIndex(Snapshot snapshot, ManifestFile file)
    {
        var path = Path.Combine(PathOf(snapshot), file.Name + IndexExtension);
        if (!File.Exists(path))
            throw new InvalidDataException($"The index of {file.Name} is missing.");
        var bytes = File.ReadAllBytes(path);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (digest != file.IndexDigest)
            throw new InvalidDataException($"The index of {file.Name} is corrupt: its digest is {digest}, and the manifest says {file.IndexDigest}.");
        var index = SnapshotIndex.Parse(bytes);
        return index.Size == file.Size ? index
            : throw new InvalidDataException($"The index of {file.Name} covers {index.Size} bytes, and the manifest says {file.Size}.");
    }

    /// <summary>Writes an archive's index.</summary>
    /// <returns>What the manifest is to say of it.</returns>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [RequiresLock(LockMode.Exclusive, "snapshot.Key")]
    public ManifestFile WriteIndex(Snapshot snapshot, string name, SnapshotIndex index)
    {
        var bytes = index.ToBytes();
        AtomicFile.Write(Path.Combine(PathOf(snapshot), name + IndexExtension), bytes);
        return new(name, index.Size, index.Entries.Count, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>Completes a snapshot: from now on it is there.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="files">Its archives, whose indexes are written.</param>
    /// <param name="chunks">By which its chunks are kept, until the snapshot keeps them itself.</param>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [RequiresLock(LockMode.Exclusive, "snapshot.Key")]
    [RequiresLock(LockMode.Exclusive, "chunks.Namespace")]
    public Manifest Commit(Snapshot snapshot, IReadOnlyList<ManifestFile> files, ChunkWriter chunks)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        var manifest = new Manifest(snapshot.Group.Name, snapshot.TimeText, files);
        Sync();
        AtomicFile.Write(Path.Combine(PathOf(snapshot), ManifestName), manifest.ToBytes());
        Sync();
        return manifest;
    }

    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    public bool IsProtected(Snapshot snapshot) => File.Exists(Path.Combine(PathOf(snapshot), ProtectedName));

    /// <summary>Marks a snapshot as one that is not removed, or takes the mark away.</summary>
    [RequiresLock(LockMode.Shared, "snapshot.Namespace")]
    [RequiresLock(LockMode.Exclusive, "snapshot.Key")]
    public void SetProtected(Snapshot snapshot, bool isProtected)
    {
        var mark = Path.Combine(PathOf(snapshot), ProtectedName);
        if (isProtected)
            File.WriteAllBytes(mark, []);
        else
            File.Delete(mark);
    }

    private void Sync()
    {
        if (_syncLevel == SyncLevel.FileSystem)
            FileSystem.Sync(_directory);
    }
}
