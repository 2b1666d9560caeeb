namespace BackupServer.Tests;

/// <summary>What is damaged is found.</summary>
public class VerifyTests
{
    private const string Snapshot = "2026-03-11T15:13:09Z";

    [Theory]
    [InlineData("changed")]
    [InlineData("cut")]
    [InlineData("missing")]
    public void A_chunk(string damage)
    {
        using var store = new TestStore();
        store.Backup("", "host/web1", Snapshot, $"root.tar:{store.MakeTree("tree", seed: 1, "a")}");
        var chunk = Directory.GetFiles(Path.Combine(store.Path, ".chunks"), "*", SearchOption.AllDirectories)[0];
        var content = File.ReadAllBytes(chunk);
        content[content.Length / 2] ^= 1;
        if (damage == "missing")
            File.Delete(chunk);
        else
            File.WriteAllBytes(chunk, damage == "cut" ? content[..(content.Length / 2)] : content);

        var found = store.Run("verify", "--output", "json").IsIncomplete().Json;
        Assert.Equal(0, found.GetProperty("verified").GetInt32());
        var fault = found.GetProperty("corrupt")[0];
        Assert.Equal($"host/web1/{Snapshot}", fault.GetProperty("snapshot").GetString());
        Assert.Contains(Path.GetFileName(chunk), fault.GetProperty("fault").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, store.Run("restore", $"host/web1/{Snapshot}", "root.tar", store.PathOf("out")).ExitCode);
    }

    [Fact]
    public void An_index()
    {
        using var store = new TestStore();
        store.Backup("", "host/web1", Snapshot, $"root.tar:{store.MakeTree("tree", seed: 1, "a")}");
        var index = Path.Combine(store.Path, "host", "web1", Snapshot, "root.tar.idx");
        var bytes = File.ReadAllBytes(index);
        bytes[^1] ^= 1;
        File.WriteAllBytes(index, bytes);
        Assert.Contains("index of root.tar is corrupt", store.Run("verify").IsIncomplete().Error, StringComparison.Ordinal);
    }
}
