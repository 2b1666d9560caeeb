namespace NamespaceLocking.Tests;

public class BackupLockTargetTests
{
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");
    private static readonly DateTimeOffset Time = new(2026, 3, 11, 16, 13, 9, TimeSpan.FromHours(1));

    [Fact]
    public void A_path_says_what_it_is()
    {
        Assert.Equal("vm/100", BackupLockTarget.Group(Ab, "vm", "100").Path);
        Assert.Equal("host/web-1.example/2026-03-11T15:13:09Z", BackupLockTarget.Snapshot(Ab, "host", "web-1.example", Time).Path);
        Assert.Equal("ct/7/2026-03-11T15:13:09Z/.index.json.lck", BackupLockTarget.Manifest(Ab, "ct", "7", Time).Path);
        Assert.Equal("'vm/100' in 'a/b'", BackupLockTarget.Group(Ab, "vm", "100").ToString());
    }

    [Fact]
    public void The_same_thing_is_the_same_target_in_whatever_time_zone()
    {
        Assert.Equal(BackupLockTarget.Snapshot(Ab, "vm", "100", Time), BackupLockTarget.Snapshot(BackupNamespace.Parse("a/b"), "vm", "100", Time.ToUniversalTime()));
        Assert.NotEqual(BackupLockTarget.Group(Ab, "vm", "100"), BackupLockTarget.Group(Ab.Parent, "vm", "100"));
        Assert.NotEqual(BackupLockTarget.Snapshot(Ab, "vm", "100", Time), BackupLockTarget.Manifest(Ab, "vm", "100", Time));
    }

    [Theory]
    [InlineData("", "100", "type", "it is empty")]
    [InlineData("vm", "", "id", "it is empty")]
    [InlineData("vm", "..", "id", "it starts with '.' (U+002E)")]
    [InlineData("vm", "a/b", "id", "it has '/' (U+002F) at position 2")]
    [InlineData("v:m", "100", "type", "it has ':' (U+003A) at position 2")]
    [InlineData("vm", "é", "id", "it starts with 'é' (U+00E9)")]
    [InlineData("vm", "a\0", "id", "it has U+0000 at position 2")]
    public void What_cannot_be_a_backup_is_told(string type, string id, string parameter, string error)
    {
        var thrown = Assert.Throws<ArgumentException>(() => BackupLockTarget.Group(Ab, type, id));
        Assert.Equal(parameter, thrown.ParamName);
        Assert.Contains(error, thrown.Message);
    }

    [Fact]
    public void A_time_between_two_seconds_is_told()
    {
        var error = Assert.Throws<ArgumentException>(() => BackupLockTarget.Snapshot(Ab, "vm", "100", Time.AddTicks(1)));
        Assert.Contains("in whole seconds", error.Message);
        Assert.Throws<ArgumentException>(() => BackupLockTarget.Manifest(Ab, "vm", "100", Time.AddMilliseconds(1)));
    }

    [Fact]
    public void Nothing_is_null()
    {
        Assert.Throws<ArgumentNullException>("ns", () => BackupLockTarget.Group(null!, "vm", "100"));
        Assert.Throws<ArgumentNullException>("type", () => BackupLockTarget.Group(Ab, null!, "100"));
        Assert.Throws<ArgumentNullException>("id", () => BackupLockTarget.Snapshot(Ab, "vm", null!, Time));
    }
}
