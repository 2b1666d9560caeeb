namespace BackupServer.Tests;

/// <summary>The collector takes nothing that is used, or is about to be.</summary>
public class GarbageTests
{
    [Fact]
    public void Chunks_of_a_backup_that_runs_are_kept_also_those_that_were_garbage_when_it_found_them()
    {
        using var store = new TestStore();
        using var pipe = new Pipe(store.PathOf("pipe"));
        var content = new byte[8 * 1024 * 1024];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(store.PathOf("disk"), content);
        store.Run("namespace create", "old").Succeeds();
        store.Backup("old", "host/web1", "2026-03-11T15:13:09Z", $"disk.img:{store.PathOf("disk")}");
        store.Run("namespace delete", "old", "--delete-groups").Succeeds();

        using var backup = store.Start("backup", "host/web2", $"disk.img:{pipe.Path}", "--user", "me", "--time", "2026-03-12T15:13:09Z");
        pipe.Open();
        pipe.Write(content.AsSpan(0, content.Length / 2));
        var collected = store.Run("gc", "--margin", "0", "--output", "json").Succeeds().Json;
        Assert.Equal(0, collected.GetProperty("used").GetInt32());
        Assert.True(collected.GetProperty("kept").GetInt32() >= (content.Length / 2 - Pipe.Lag) / (1024 * 1024), "What the backup has found is kept.");
        Assert.True(collected.GetProperty("removed").GetInt32() > 0, "What it has not come to yet is garbage.");

        pipe.Write(content.AsSpan(content.Length / 2));
        pipe.Close();
        backup.Finish().Succeeds();
        store.Verify();
        store.Run("restore", "host/web2/2026-03-12T15:13:09Z", "disk.img", store.PathOf("restored")).Succeeds();
        Assert.Equal(content, File.ReadAllBytes(store.PathOf("restored")));
    }

    [Fact]
    public void What_a_killed_backup_has_stored_is_garbage()
    {
        using var store = new TestStore();
        using var pipe = new Pipe(store.PathOf("pipe"));
        var content = new byte[8 * 1024 * 1024];
        new Random(1).NextBytes(content);
        using var backup = store.Start("backup", "host/web1", $"disk.img:{pipe.Path}", "--user", "me");
        pipe.Open();
        pipe.Write(content);
        backup.Kill();
        backup.WaitForExit();

        var collected = store.Run("gc", "--margin", "0", "--output", "json").Succeeds().Json;
        Assert.Equal(0, collected.GetProperty("kept").GetInt32());
        Assert.True(collected.GetProperty("removed").GetInt32() > 0);
        Assert.Empty(Directory.GetDirectories(Path.Combine(store.Path, ".locks", "main.writers"), "t*"));
    }

    [Fact]
    public void A_snapshot_that_is_moved_between_the_list_and_its_turn_keeps_its_chunks()
    {
        using var store = new TestStore();
        store.Run("namespace create", "z").Succeeds();
        store.Backup("z", "host/web1", "2026-03-11T15:13:09Z", $"root.tar:{store.MakeTree("tree", seed: 1, "a")}");
        var passes = 0;
        var view = new View(what =>
        {
            // The list is made, and nothing of it is read yet.
            if (what.StartsWith("Marking", StringComparison.Ordinal) && ++passes == 1)
                store.Run("namespace move", "z", "a").Succeeds();
        });
        var datastore = Datastore.Open(store.Path);
        using var log = new TaskLog(datastore, "gc", view);
        var collected = new CollectGarbage(datastore, TimeSpan.Zero, log).Run();
        Assert.Equal(2, passes);
        Assert.Equal(0, collected.Removed);
        Assert.True(collected.Used > 0);
        store.Verify();
    }

    [Fact]
    public void Snapshots_that_are_moved_all_the_time_keep_their_chunks()
    {
        using var store = new TestStore();
        store.Run("namespace create", "n0").Succeeds();
        store.Backup("n0", "host/web1", "2026-03-11T15:13:09Z", $"root.tar:{store.MakeTree("tree", seed: 1, "a")}");
        var passes = 0;
        System.Diagnostics.Process? waiting = null;
        var view = new View(what =>
        {
            if (!what.StartsWith("Marking", StringComparison.Ordinal))
                return;
            string[] places = [$"n{passes}", $"n{++passes}"];
            if (passes < 5)
                store.Run("namespace move", places).Succeeds();
            else
                waiting = store.Start("namespace move", places); // Waits: in the last pass everything stays where it is.
        });
        var datastore = Datastore.Open(store.Path);
        using (var log = new TaskLog(datastore, "gc", view))
            Assert.Equal(0, new CollectGarbage(datastore, TimeSpan.Zero, log).Run().Removed);
        Assert.Equal(5, passes);
        waiting!.Finish().Succeeds();
        store.Verify();
        Assert.Equal(["n5:host/web1/2026-03-11T15:13:09Z"], store.List());
    }

    [Fact]
    public void An_index_that_cannot_be_read_stops_the_collection()
    {
        using var store = new TestStore();
        store.Backup("", "host/web1", "2026-03-11T15:13:09Z", $"root.tar:{store.MakeTree("tree", seed: 1, "a")}");
        var index = Path.Combine(store.Path, "host", "web1", "2026-03-11T15:13:09Z", "root.tar.idx");
        var chunks = Directory.GetFiles(Path.Combine(store.Path, ".chunks"), "*", SearchOption.AllDirectories);
        File.WriteAllText(index, "This is no index.");
        store.Run("gc", "--margin", "0").Fails("none is removed");
        Assert.All(chunks, chunk => Assert.True(File.Exists(chunk)));
    }
}
