using System.Text.Json;
using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// Backups in a directory: <c>ns/a/ns/b/host/web1/2026-03-11T15:13:09Z/</c>, their chunks in <c>.chunks</c>, its locks in <c>.locks</c>.
/// What it requires of its callers, the compiler checks.
/// </summary>
internal sealed partial class Datastore
{
    private const string SettingsFile = ".datastore.json";

    private readonly string _directory;
    private readonly SyncLevel _syncLevel;
    private readonly NamespaceLockManager _locks;
    private readonly BackupLockManager _backupLocks;

    private Datastore(string directory, DatastoreSettings settings)
    {
        _directory = directory;
        _syncLevel = settings.SyncLevel;
        Name = settings.Name;
        var lockFiles = Path.Combine(directory, ".locks");
        var provider = new FileLockProvider(lockFiles);
        _locks = new(Name, provider);
        _backupLocks = new(Name, provider);
        // Trees of their own: who holds a lock of one may wait for a lock of another.
        var writers = $"{Name}.writers";
        Chunks = new(Path.Combine(directory, ".chunks"), new(new($"{Name}.chunks", provider)), new(new(writers, provider), Path.Combine(lockFiles, writers)));
        Layout = new(new($"{Name}.layout", provider));
        Collectors = new(new($"{Name}.collectors", provider));
    }

    /// <summary>The name by which its locks are kept.</summary>
    public string Name { get; }

    public ChunkStore Chunks { get; }

    public LayoutLocks Layout { get; }

    public CollectorLocks Collectors { get; }

    /// <summary>Where the logs of its tasks are.</summary>
    public string TaskDirectory => Path.Combine(_directory, ".tasks");

    /// <exception cref="InvalidOperationException">There is something already.</exception>
    public static Datastore Create(string directory, DatastoreSettings settings)
    {
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new InvalidOperationException($"'{directory}' is not empty: a datastore is made in a directory that is empty or not there.");
        var store = new Datastore(Path.GetFullPath(directory), settings);
        Directory.CreateDirectory(directory);
        AtomicFile.Write(Path.Combine(directory, SettingsFile), JsonSerializer.SerializeToUtf8Bytes(settings, DatastoreJson.Default.DatastoreSettings));
        return store;
    }

    /// <exception cref="InvalidOperationException">There is no datastore.</exception>
    public static Datastore Open(string directory)
    {
        var path = Path.Combine(directory, SettingsFile);
        if (!File.Exists(path))
            throw new InvalidOperationException($"'{directory}' is not a datastore: it has no {SettingsFile}. 'init' makes one.");
        var settings = JsonSerializer.Deserialize(File.ReadAllBytes(path), DatastoreJson.Default.DatastoreSettings)
            ?? throw new InvalidOperationException($"'{path}' is empty.");
        return new(Path.GetFullPath(directory), settings);
    }

    public override string ToString() => Name;

    private string PathOf(BackupNamespace ns) => Path.Combine([_directory, .. ns.Components.SelectMany(component => new[] { "ns", component })]);

    private string PathOf(BackupGroup group) => Path.Combine(PathOf(group.Namespace), BackupGroup.DirectoryOf(group.Type), group.Id);

    private string PathOf(Snapshot snapshot) => Path.Combine(PathOf(snapshot.Group), snapshot.TimeText);
}
