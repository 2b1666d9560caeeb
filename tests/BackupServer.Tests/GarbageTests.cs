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
