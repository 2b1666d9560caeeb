namespace BackupServer.Tests;

/// <summary>What a move merges, and what it refuses.</summary>
public class NamespaceTests
{
    [Fact]
    public void A_move_merges_older_snapshots_of_the_same_owner()
    {
        using var store = new TestStore();
        var tree = Prepare(store, "old", "2026-03-11T15:13:09Z", "new", "2026-03-12T15:13:09Z");
        store.Run("namespace move", "old", "new").Succeeds();
        Assert.Equal(["new:host/web1/2026-03-11T15:13:09Z", "new:host/web1/2026-03-12T15:13:09Z"], store.List());
        store.Verify();
        store.Run("backup", "host/web1", $"root.tar:{tree}", "--ns", "old").Fails("no namespace 'old'");
    }

    [Fact]
    public void A_move_refuses_snapshots_that_are_not_older_and_moves_nothing()
    {
        using var store = new TestStore();
        var tree = Prepare(store, "new", "2026-03-12T15:13:09Z", "old", "2026-03-11T15:13:09Z");
        store.Backup("new", "host/other", "2026-03-11T15:13:09Z", $"root.tar:{tree}");
        store.Run("namespace move", "new", "old").Fails("is not older");
        Assert.Equal(2, store.List().Count(snapshot => snapshot.StartsWith("new:", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_move_refuses_a_group_of_another_owner()
    {
        using var store = new TestStore();
        store.Run("namespace create", "old").Succeeds();
        store.Run("namespace create", "new").Succeeds();
        var tree = store.MakeTree("tree", seed: 1, "a");
        store.Run("backup", "host/web1", $"root.tar:{tree}", "--ns", "old", "--time", "2026-03-11T15:13:09Z", "--user", "alice").Succeeds();
        store.Run("backup", "host/web1", $"root.tar:{tree}", "--ns", "new", "--time", "2026-03-12T15:13:09Z", "--user", "bob").Succeeds();
        store.Run("namespace move", "old", "new").Fails("belongs to alice");
        store.Run("backup", "host/web1", $"root.tar:{tree}", "--ns", "old", "--user", "bob").Fails("belongs to alice");
    }

    [Fact]
    public void A_namespace_moves_up_into_the_one_above()
    {
        using var store = new TestStore();
        store.Run("namespace create", "a/b/b").Succeeds();
        var tree = store.MakeTree("tree", seed: 1, "a");
        store.Backup("a/b", "host/upper", "2026-03-11T15:13:09Z", $"root.tar:{tree}");
        store.Backup("a/b/b", "host/lower", "2026-03-11T15:13:09Z", $"root.tar:{tree}");
        store.Run("namespace move", "a/b", "a").Succeeds();
        Assert.Equal(["a:host/upper/2026-03-11T15:13:09Z", "a/b:host/lower/2026-03-11T15:13:09Z"], store.List());
        store.Run("namespace move", "a", "a/c").Fails("lies below it");
    }

    [Fact]
    public void A_deletion_leaves_what_is_protected()
    {
        using var store = new TestStore();
        Prepare(store, "a", "2026-03-11T15:13:09Z", "a/b", "2026-03-12T15:13:09Z");
        store.Run("namespace delete", "a").Fails("--delete-groups");
        store.Run("protect", "host/web1/2026-03-12T15:13:09Z", "--ns", "a/b").Succeeds();
        store.Run("namespace delete", "a", "--delete-groups").Fails("protected");
        Assert.Equal(["a/b:host/web1/2026-03-12T15:13:09Z"], store.List());
        store.Run("protect", "host/web1/2026-03-12T15:13:09Z", "--ns", "a/b", "--off").Succeeds();
        store.Run("namespace delete", "a", "--delete-groups").Succeeds();
        Assert.Empty(store.List());
    }

    private static string Prepare(TestStore store, string ns, string time, string otherNs, string otherTime)
    {
        var tree = store.MakeTree("tree", seed: 1, "a", "b");
        store.Run("namespace create", ns).Succeeds();
        store.Run("namespace create", otherNs).Succeeds();
        store.Backup(ns, "host/web1", time, $"root.tar:{tree}");
        store.Backup(otherNs, "host/web1", otherTime, $"root.tar:{tree}");
        return tree;
    }
}
