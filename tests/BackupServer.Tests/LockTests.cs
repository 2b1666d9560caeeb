using NamespaceLocking;

namespace BackupServer.Tests;

/// <summary>Who is refused, and why, while others are at work.</summary>
public class LockTests
{
    private const string Earlier = "2026-03-11T15:13:09Z";
    private const string Later = "2026-03-12T15:13:09Z";

    [Fact]
    public void A_running_backup_refuses_another_one_in_its_group_alone()
    {
        using var store = new TestStore();
        using var pipe = new Pipe(store.PathOf("pipe"));
        var tree = store.MakeTree("tree", seed: 1, "a");
        using var backup = store.Start("backup", "host/web1", $"disk.img:{pipe.Path}", "--user", "me");
        pipe.Open();

        var refused = store.Run("backup", "host/web1", $"root.tar:{tree}", "--user", "me").IsRefused();
        Assert.Contains($"process {backup.Id}", refused.Error, StringComparison.Ordinal);
        store.Backup("", "host/web2", Earlier, $"root.tar:{tree}");

        pipe.Write("content"u8);
        pipe.Close();
        backup.Finish().Succeeds();
        Assert.Equal(2, store.List().Count);
        store.Verify();
    }

    [Fact]
    public void A_running_backup_keeps_its_namespace_in_place_and_its_previous_snapshot()
    {
        using var store = new TestStore();
        using var pipe = new Pipe(store.PathOf("pipe"));
        store.Run("namespace create", "a/b").Succeeds();
        var tree = store.MakeTree("tree", seed: 1, "a");
        store.Backup("a/b", "host/web1", "2026-03-10T15:13:09Z", $"root.tar:{tree}");
        store.Backup("a/b", "host/web1", Earlier, $"root.tar:{tree}");
        using var backup = store.Start("backup", "host/web1", $"disk.img:{pipe.Path}", "--ns", "a/b", "--time", Later, "--user", "me");
        pipe.Open();

        string[] ruledOut = ["namespace move a c", "namespace move a/b c", "namespace delete a --delete-groups", "namespace delete a/b --delete-groups"];
        foreach (var command in ruledOut)
            Assert.Contains($"process {backup.Id}", store.Run(command).IsRefused().Error, StringComparison.Ordinal);
        // The one before the last goes; the last is what the new one is based on.
        store.Run("protect", "host/web1/" + Earlier, "--ns", "a/b").IsRefused();
        store.Verify();

        pipe.Close();
        backup.Finish().Succeeds();
        store.Run("namespace move", "a", "c").Succeeds();
        Assert.Equal(3, store.List().Count);
        store.Verify();
    }

    [Fact]
    public void A_backup_that_is_killed_leaves_no_lock_and_no_snapshot()
    {
        using var store = new TestStore();
        using var pipe = new Pipe(store.PathOf("pipe"));
        var tree = store.MakeTree("tree", seed: 1, "a");
        using var backup = store.Start("backup", "host/web1", $"disk.img:{pipe.Path}", "--time", Earlier, "--user", "me");
        pipe.Open();
        backup.Kill();
        backup.WaitForExit();

        Assert.Empty(store.List());
        var left = Path.Combine(store.Path, "host", "web1", Earlier);
        Assert.True(Directory.Exists(left), "The backup had begun.");
        store.Run("prune", "--keep-last", "1").Succeeds();
        Assert.False(Directory.Exists(left), "What it left is gone.");
        store.Backup("", "host/web1", Earlier, $"root.tar:{tree}");
        store.Verify();
    }

    [Fact]
    public void What_is_being_moved_is_skipped_with_a_warning()
    {
        using var store = new TestStore();
        using var mirror = new TestStore("mirror", store);
        store.Run("namespace create", "moved").Succeeds();
        var tree = store.MakeTree("tree", seed: 1, "a");
        store.Backup("moved", "host/web1", Earlier, $"root.tar:{tree}");
        store.Backup("moved", "host/web1", Later, $"root.tar:{tree}");
        store.Backup("", "host/web2", Earlier, $"root.tar:{tree}");
        using (store.Locks().AcquireExclusive(BackupNamespace.Parse("moved")))
        {
            var verified = store.Run("verify").IsIncomplete();
            Assert.Contains($"SKIPPED: moved:host/web1/{Earlier} is not verified", verified.Error, StringComparison.Ordinal);
            Assert.Contains("1 snapshots are good, 2 were skipped", verified.Output, StringComparison.Ordinal);
            store.Run("prune", "--keep-last", "1").IsIncomplete().Warns("SKIPPED: group moved:host/web1 is not pruned");
            store.Run("tape write", "--media", store.PathOf("tapes")).IsIncomplete().Warns("SKIPPED: moved:host/web1");
            store.Run("push", "--to", mirror.Path, "--user", "me").IsIncomplete().Warns("SKIPPED: namespace 'moved'");
            store.Run("restore", "host/web1/" + Earlier, "root.tar", store.PathOf("out"), "--ns", "moved").IsRefused();
            store.Run("backup", "host/web1", $"root.tar:{tree}", "--ns", "moved", "--user", "me").IsRefused();
        }
        Assert.Equal(3, store.List().Count);
        Assert.Single(mirror.List());
        store.Run("prune", "--keep-last", "1").Succeeds();
        Assert.Equal(2, store.List().Count);
    }

    [Fact]
    public void A_namespace_that_is_pulled_into_is_not_moved_meanwhile_and_one_that_is_moved_is_not_pulled_into()
    {
        using var store = new TestStore();
        using var mirror = new TestStore("mirror", store);
        store.Run("namespace create", "a").Succeeds();
        store.Backup("a", "host/web1", Earlier, $"root.tar:{store.MakeTree("tree", seed: 1, "a")}");
        using (mirror.Locks().AcquireExclusive(BackupNamespace.Parse("a")))
            mirror.Run("pull", "--from", store.Path, "--user", "me").IsIncomplete();
        Assert.Empty(mirror.List());
        using (mirror.Locks().AcquireShared(BackupNamespace.Parse("a")))
            mirror.Run("pull", "--from", store.Path, "--user", "me").Succeeds();
        Assert.Single(mirror.List());

        // What vanished goes, unless somebody works there.
        store.Run("namespace delete", "a", "--delete-groups").Succeeds();
        using (mirror.Locks().AcquireShared(BackupNamespace.Parse("a")))
            mirror.Run("pull", "--from", store.Path, "--remove-vanished", "--user", "me").IsIncomplete();
        Assert.Single(mirror.List());
        mirror.Run("pull", "--from", store.Path, "--remove-vanished", "--user", "me").Succeeds();
        Assert.Empty(mirror.List());
    }

    [Fact]
    public void Two_collections_of_garbage_do_not_run_at_once()
    {
        using var store = new TestStore();
        using (new NamespaceLockManager("main.collectors", new FileLockProvider(Path.Combine(store.Path, ".locks"))).AcquireExclusive(BackupNamespace.Root))
            store.Run("gc").IsRefused();
        store.Run("gc").Succeeds();
    }
}
