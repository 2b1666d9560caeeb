using NamespaceLocking;

namespace BackupServer.Tests;

/// <summary>A datastore in a folder that goes away with it, and the commands on it.</summary>
internal sealed class TestStore : IDisposable
{
    private readonly TestStore? _owner;

    public TestStore(string name = "main", TestStore? beside = null)
    {
        _owner = beside;
        Folder = beside?.Folder ?? Directory.CreateTempSubdirectory("backup-server-").FullName;
        Name = name;
        Server.Run("init", Path, "--name", name, "--sync-level", "none").Succeeds();
    }

    public string Name { get; }

    /// <summary>Where tests put other things.</summary>
    public string Folder { get; }

    public string Path => System.IO.Path.Combine(Folder, Name);

    public string PathOf(string name) => System.IO.Path.Combine(Folder, name);

    public Outcome Run(string command, params IEnumerable<string> arguments) => Server.Run(Arguments(command, arguments));

    public System.Diagnostics.Process Start(string command, params IEnumerable<string> arguments) => Server.Start(Arguments(command, arguments));

    /// <summary>The locks of the datastore, for a test that is in the way.</summary>
    public NamespaceLockManager Locks() => new(Name, new FileLockProvider(System.IO.Path.Combine(Path, ".locks")));

    public Outcome Backup(string ns, string group, string time, string source) =>
        Run("backup", group, source, "--ns", ns, "--time", time, "--user", "me").Succeeds();

    /// <summary>Every snapshot is good.</summary>
    public void Verify() => Run("verify").Succeeds();

    /// <summary>The snapshots, each as its namespace and its name.</summary>
    public IReadOnlyList<string> List() =>
    [
        .. Run("list", "--output", "json").Succeeds().Json.EnumerateArray()
            .Select(snapshot => $"{snapshot.GetProperty("namespace")}:{snapshot.GetProperty("snapshot")}"),
    ];

    /// <summary>Makes a directory with files of these names and random contents.</summary>
    public string MakeTree(string name, int seed, params string[] files)
    {
        var random = new Random(seed);
        foreach (var file in files)
        {
            var path = System.IO.Path.Combine(PathOf(name), file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            var content = new byte[random.Next(1, 200_000)];
            random.NextBytes(content);
            File.WriteAllBytes(path, content);
        }
        return PathOf(name);
    }

    public void Dispose()
    {
        if (_owner is null)
            Directory.Delete(Folder, recursive: true);
    }

    private IEnumerable<string> Arguments(string command, IEnumerable<string> arguments) => [.. command.Split(' '), .. arguments, "--store", Path];
}
