using System.Text.Json;

namespace NamespaceLocking.Tool.Tests;

/// <summary>Locks on groups, snapshots and manifests: this process holds them, or flock(1), and nslock is asked.</summary>
public sealed class BackupLockTests : IDisposable
{
    private const string SnapshotFile = @"vm-100-2022\x2d05\x2d02T08\x3a11\x3a33Z";
    private static readonly BackupNamespace A = BackupNamespace.Parse("a");
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");
    private static readonly DateTimeOffset Time = new(2022, 5, 2, 8, 11, 33, TimeSpan.Zero);
    private static readonly string LongId = new('x', 300);

    private readonly LockDirectoryOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [SkippableFact]
    public void What_is_held_stands_below_its_namespace()
    {
        var provider = new FileLockProvider(_locks.Path);
        using var inNamespace = new NamespaceLockManager("main", provider).AcquireShared(Ab);
        var backups = new BackupLockManager("main", provider);
        using var group = backups.Acquire(BackupLockTarget.Group(Ab, "vm", "100-a"), LockMode.Shared);
        using var snapshot = backups.Acquire(BackupLockTarget.Snapshot(Ab, "vm", "100", Time), LockMode.Exclusive);
        using var manifest = backups.Acquire(BackupLockTarget.Manifest(Ab, "vm", "100", Time), LockMode.Exclusive);

        string[] expected =
        [
            "main:\tshared", "main:a\tshared", "main:a/b\tshared",
            "main:a/b vm/100-a\tshared",
            "main:a/b vm/100/2022-05-02T08:11:33Z\texclusive",
            "main:a/b vm/100/2022-05-02T08:11:33Z/.index.json.lck\texclusive",
        ];
        var lines = _locks.Nslock("status").Lines.Select(line => line.Split('\t')).ToList();
        Assert.Equal(expected.Order(), lines.Select(fields => $"{fields[0]}\t{fields[1]}").Order());
        Assert.All(lines, fields => Assert.Equal($"{Environment.ProcessId}", fields[3]));
        var table = _locks.Nslock("status", "--output", "table").Output;
        Assert.Matches(@"\n      b +shared ", table);
        Assert.Matches(@"\n        vm/100-a +shared ", table);
        Assert.Matches(@"\n        vm/100/2022-05-02T08:11:33Z +exclusive ", table);
    }

    [SkippableFact]
    public void What_flock_holds_is_shown_too()
    {
        _locks.Make("main:a");
        using var holder = _locks.StartFlock("--exclusive", Path.Combine(_locks.Path, "main", "a", SnapshotFile));
        var fields = Assert.Single(_locks.Nslock("status").Lines).Split('\t');
        Assert.Equal(["main:a vm/100/2022-05-02T08:11:33Z", "exclusive", "held", $"{holder.Id}"], fields[..4]);
    }

    [SkippableFact]
    public void Json_has_them_apart_from_the_namespaces()
    {
        _locks.Make("main:a");
        var file = Path.Combine(_locks.Path, "main", "a", "vm-100");
        using var holder = _locks.StartFlock("--shared", file);
        using var document = JsonDocument.Parse(_locks.Nslock("status", "--output", "json").Output);
        Assert.Empty(document.RootElement.GetProperty("locks").EnumerateArray());
        var held = Assert.Single(document.RootElement.GetProperty("backupLocks").EnumerateArray());
        Assert.Equal(
            ["store", "namespace", "shortenedNamespace", "backup", "shortenedBackup", "file", "mode", "waiting", "processId", "processStarted", "commandLine"],
            held.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ("main", "a", null, "vm/100", null, file),
            (Text("store"), Text("namespace"), Text("shortenedNamespace"), Text("backup"), Text("shortenedBackup"), Text("file")));
        Assert.Equal(holder.Id, held.GetProperty("processId").GetInt32());

        string? Text(string name) => held.GetProperty(name).GetString();
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("hashed")]
    [InlineData("LONG")]
    public void One_with_a_long_path_is_shown_by_the_name_of_its_file(string name)
    {
        var ns = BackupNamespace.Parse(name == "LONG" ? $"{new string('x', 127)}/{new string('y', 128)}" : name);
        var provider = new FileLockProvider(_locks.Path);
        using var inNamespace = new NamespaceLockManager("main", provider).AcquireShared(ns);
        var backups = new BackupLockManager("main", provider);
        using var inLong = backups.Acquire(BackupLockTarget.Group(ns, "vm", LongId), LockMode.Exclusive);
        using var inShort = backups.Acquire(BackupLockTarget.Group(ns, "vm", "100"), LockMode.Exclusive);
        using var document = JsonDocument.Parse(_locks.Nslock("status", "--output", "json").Output);
        var held = document.RootElement.GetProperty("backupLocks").EnumerateArray().ToList();
        Assert.Equal(2, held.Count);
        Assert.All(held, one => Assert.Equal(name == "LONG" ? null : name, one.GetProperty("namespace").GetString()));
        Assert.Equal([null, "vm/100"], held.Select(one => one.GetProperty("backup").GetString()).Order());
        var shortened = held.Single(one => one.GetProperty("backup").GetString() is null).GetProperty("shortenedBackup").GetString();
        Assert.StartsWith($"vm-{new string('x', 77)}...{new string('x', 80)}-", shortened);
        Assert.DoesNotContain("unknown-file", _locks.Nslock("check").Output);
        Assert.Contains(shortened!, _locks.Nslock("status", "--output", "plain").Output);
    }

    [SkippableFact]
    public void A_group_above_the_namespace_that_is_asked_for_is_not_shown()
    {
        _locks.Make("main:a/b");
        using var above = _locks.StartFlock("--exclusive", Path.Combine(_locks.Path, "main", "a", "vm-1"));
        using var inside = _locks.StartFlock("--exclusive", Path.Combine(_locks.Path, "main", "a:b", "vm-2"));
        Assert.Equal(["main:a/b vm/2"], _locks.Nslock("status", "main:a/b").Lines.Select(line => line.Split('\t')[0]));
        Assert.Equal(["main:a vm/1", "main:a/b vm/2"], _locks.Nslock("status", "main:a").Lines.Select(line => line.Split('\t')[0]));
    }

    [SkippableFact]
    public void A_check_counts_them_and_finds_nothing_unknown()
    {
        var provider = new FileLockProvider(_locks.Path);
        var backups = new BackupLockManager("main", provider);
        foreach (var ns in new[] { BackupNamespace.Root, A })
        {
            using var inNamespace = new NamespaceLockManager("main", provider).AcquireShared(ns);
            using var group = backups.Acquire(BackupLockTarget.Group(ns, "vm", "100"), LockMode.Shared);
            using var manifest = backups.Acquire(BackupLockTarget.Manifest(ns, "vm", "100", Time), LockMode.Shared);
            using var shortened = backups.Acquire(BackupLockTarget.Group(ns, "vm", LongId), LockMode.Shared);
        }
        using var holder = _locks.StartFlock("--shared", Path.Combine(_locks.Path, "main", "a", "vm-100"));
        var result = _locks.Nslock("check", "--output", "json");
        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        Assert.DoesNotContain("unknown-file", result.Output);
        Assert.Equal(8, document.RootElement.GetProperty("lockFiles").GetInt32());
        Assert.Equal(2, document.RootElement.GetProperty("shortenedNames").GetInt32());
    }

    [SkippableFact]
    public void What_is_no_backups_is_still_found_and_so_is_what_is_in_the_way()
    {
        _locks.Make("main:a");
        var directory = Path.Combine(_locks.Path, "main", "a");
        // No id, no time, not as systemd escapes it, and a name that would have been shortened.
        string[] strangers = ["vm", "vm-", "vm-100-2022", @"vm-1\x61", @"vm-1\x2D", $"vm-{new string('x', 252)}"];
        foreach (var stranger in strangers)
            File.WriteAllText(Path.Combine(directory, stranger), "");
        Directory.CreateDirectory(Path.Combine(directory, "hashed", "note"));
        Directory.CreateDirectory(Path.Combine(directory, "vm-100"));
        File.CreateSymbolicLink(Path.Combine(directory, "vm-200"), "/etc/passwd");
        // The root's group and a namespace may have one name: what is there decides.
        Directory.CreateDirectory(Path.Combine(_locks.Path, "main", "vm-100"));
        var findings = _locks.Nslock("check").Lines.Select(line => line.Split('\t')).Where(fields => fields[0] != "info").ToList();
        Assert.Equal(strangers.Length + 1, findings.Count(fields => fields[1] == "unknown-file"));
        var inTheWay = Assert.Single(findings, fields => fields[1] == "in-the-way");
        Assert.Equal(($"'{directory}/vm-100'", "A directory is where the lock file belongs: move it aside."), (inTheWay[2], inTheWay[3]));
        Assert.Equal($"'{directory}/vm-200'", Assert.Single(findings, fields => fields[1] == "symbolic-link")[2]);
    }
}
