namespace BackupServer.Tests;

/// <summary>A life of a datastore, with a real tree: what was backed up comes back byte for byte, whatever happened to it on the way.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public class EndToEndTests
{
    [Fact]
    public void A_tree_survives_prune_pull_tape_move_and_deletion_of_its_neighbours()
    {
        // By default the runtime that the tests run on. BACKUP_SERVER_TREE names another directory, such as that of the whole SDK.
        var tree = Environment.GetEnvironmentVariable("BACKUP_SERVER_TREE") ?? Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        using var store = new TestStore();
        using var mirror = new TestStore("mirror", store);
        var small = store.MakeTree("small", seed: 1, "a/b/c", "a/d", "e");
        File.CreateSymbolicLink(Path.Combine(small, "link"), "a/d");
        File.CreateSymbolicLink(Path.Combine(small, "folder"), "a");
        File.WriteAllText(Path.Combine(small, "empty"), "");
        File.WriteAllText(Path.Combine(small, new string('n', 200)), "a long name");
        Directory.CreateDirectory(Path.Combine(small, "nothing in it"));
        File.SetUnixFileMode(Path.Combine(small, "e"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        store.Run("namespace create", "customers/acme").Succeeds();
        store.Run("namespace create", "other").Succeeds();
        store.Backup("customers/acme", "host/web1", "2026-03-11T15:13:09Z", $"root.tar:{small}");
        store.Backup("customers/acme", "host/web1", "2026-03-12T15:13:09Z", $"root.tar:{tree}");
        store.Backup("other", "host/web2", "2026-03-12T15:13:09Z", $"root.tar:{small}");
        store.Verify();
        Restores(store, "customers/acme", "host/web1/2026-03-11T15:13:09Z", small);
        Restores(store, "customers/acme", "host/web1/2026-03-12T15:13:09Z", tree);

        // The same again costs nothing.
        var again = store.Run("backup", "host/web1", $"root.tar:{tree}", "--ns", "customers/acme", "--time", "2026-03-13T15:13:09Z", "--user", "me",
            "--output", "json").Succeeds();
        var archive = again.Json.GetProperty("archives")[0];
        Assert.Equal(archive.GetProperty("chunks").GetInt32(), archive.GetProperty("reused").GetInt32());
        Assert.Equal(archive.GetProperty("chunks").GetInt32(), archive.GetProperty("unchanged").GetInt32());
        Assert.Equal(0, archive.GetProperty("added").GetInt64());

        store.Run("protect", "host/web1/2026-03-11T15:13:09Z", "--ns", "customers/acme").Succeeds();
        store.Run("prune", "--keep-last", "1").Succeeds();
        Assert.Equal(
            ["customers/acme:host/web1/2026-03-11T15:13:09Z", "customers/acme:host/web1/2026-03-13T15:13:09Z", "other:host/web2/2026-03-12T15:13:09Z"],
            store.List());
        store.Run("gc", "--margin", "0").Succeeds();
        store.Verify();

        mirror.Run("pull", "--from", store.Path, "--ns", "from/main", "--user", "me").Succeeds();
        mirror.Verify();
        Assert.Equal(store.List().Select(snapshot => $"from/main/{snapshot}"), mirror.List());
        Restores(mirror, "from/main/customers/acme", "host/web1/2026-03-13T15:13:09Z", tree);

        store.Run("tape write", "--media", store.PathOf("tapes"), "--capacity", "20000000").Succeeds();
        Assert.True(Directory.GetFiles(store.PathOf("tapes")).Length > 1, "The tapes are full one after the other.");
        mirror.Run("tape restore", "--media", store.PathOf("tapes"), "--ns", "from/tape", "--user", "me").Succeeds();
        mirror.Run("tape restore", "--media", store.PathOf("tapes"), "--ns", "from/list", "--user", "me",
            "--snapshot", "customers/acme:host/web1/2026-03-13T15:13:09Z", "other:host/web2/2026-03-12T15:13:09Z").Succeeds();
        mirror.Verify();
        Restores(mirror, "from/tape/customers/acme", "host/web1/2026-03-11T15:13:09Z", small);
        Restores(mirror, "from/list/customers/acme", "host/web1/2026-03-13T15:13:09Z", tree);
        Assert.Equal(3 + 3 + 2, mirror.List().Count);

        store.Run("namespace move", "customers", "archive/2026").Succeeds();
        store.Verify();
        Restores(store, "archive/2026/acme", "host/web1/2026-03-13T15:13:09Z", tree);

        store.Run("namespace delete", "other", "--delete-groups").Succeeds();
        store.Run("gc", "--margin", "0").Succeeds();
        store.Verify();
        Restores(store, "archive/2026/acme", "host/web1/2026-03-11T15:13:09Z", small);
        Assert.Equal(2, store.List().Count);

        store.Run("push", "--to", mirror.Path, "--remote-ns", "pushed", "--user", "me").Succeeds();
        mirror.Verify();
        Restores(mirror, "pushed/archive/2026/acme", "host/web1/2026-03-11T15:13:09Z", small);
    }

    private static void Restores(TestStore store, string ns, string snapshot, string tree)
    {
        var target = store.PathOf("restored");
        store.Run("restore", snapshot, "root.tar", target, "--ns", ns).Succeeds();
        Trees.AssertSame(tree, target);
        Directory.Delete(target, recursive: true);
    }
}
