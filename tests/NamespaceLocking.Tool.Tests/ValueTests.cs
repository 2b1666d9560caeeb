using Spectre.Console.Testing;

namespace NamespaceLocking.Tool.Tests;

/// <summary>The small parts that need no process.</summary>
public class ValueTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("2", 2000)]
    [InlineData("0.5", 500)]
    [InlineData(".25", 250)]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    public void A_duration_is_seconds_or_has_a_unit(string text, double milliseconds) =>
        Assert.Equal(milliseconds, Duration.Parse(text).TotalMilliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1,5")]
    [InlineData("1 s")]
    [InlineData("1x")]
    [InlineData("1\n")]
    [InlineData("NaN")]
    [InlineData(".")]
    public void Anything_else_is_no_duration(string text) => Assert.Throws<FormatException>(() => Duration.Parse(text));

    [Fact]
    public void A_duration_that_cannot_be_counted_is_for_ever() =>
        Assert.Equal(Timeout.InfiniteTimeSpan, Duration.Parse("99999999999999999999d"));

    [Theory]
    [InlineData("main:", "main", "")]
    [InlineData("main:a/b", "main", "a/b")]
    [InlineData("pool:1:a", "pool:1", "a")]
    public void A_target_is_a_store_and_a_namespace(string text, string store, string ns)
    {
        var target = LockTarget.Parse(text);
        Assert.Equal((store, ns), (target.Store, target.Namespace.ToString()));
        Assert.Equal(text, target.ToString());
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a:b:c", "a/b/c")]
    [InlineData("hashed", "hashed")]
    [InlineData("", null)]
    [InlineData("a::b", null)]
    [InlineData("a b", null)]
    [InlineData(".tmp", null)]
    [InlineData("a:b:c:d:e:f:g:h:i", null)]
    public void A_directory_is_read_as_the_namespace_that_it_is_made_for(string directory, string? ns) =>
        Assert.Equal(ns, LockName.Parse(directory)?.Namespace?.ToString());

    [Fact]
    public void A_shortened_name_may_be_of_any_namespace_that_begins_like_it()
    {
        var long1 = BackupNamespace.Parse($"a/{new string('x', 126)}/{new string('y', 127)}");
        var name = LockName.ParseHashed(LockFileNames.DirectoriesOf("main", long1)[2])!;
        Assert.Null(name.Namespace);
        Assert.True(name.IsOnTheWayTo(long1));
        Assert.True(name.IsOnTheWayTo(BackupNamespace.Root));
        Assert.True(name.IsOnTheWayTo(BackupNamespace.Parse("a")));
        Assert.True(name.IsOnTheWayTo(long1.Parent));
        Assert.False(name.IsOnTheWayTo(BackupNamespace.Parse("b")));
        Assert.False(name.IsOnTheWayTo(BackupNamespace.Parse($"a/{new string('x', 126)}/{new string('z', 127)}")));
    }

    [Fact]
    public void The_type_of_a_file_system_stands_behind_a_dash()
    {
        string[] mounts =
        [
            "22 28 0:20 / /run rw,nosuid shared:5 master:1 - tmpfs tmpfs rw,size=1k",
            "221 28 0:5 / /a-b rw - nfs4 server:/ rw",
        ];
        Assert.Equal("tmpfs", MountedFileSystem.FindType(mounts, 22));
        Assert.Equal("nfs4", MountedFileSystem.FindType(mounts, 221));
        Assert.Null(MountedFileSystem.FindType(mounts, 2));
    }

    [Theory]
    [InlineData("tmpfs", null)]
    [InlineData("ext4", "file-system-on-disk")]
    [InlineData("nfs4", "file-system-not-local")]
    [InlineData("cifs", "file-system-not-local")]
    [InlineData("fuse.sshfs", "file-system-not-local")]
    [InlineData("fuseblk", "file-system-not-local")]
    public void A_file_system_that_may_not_lock_is_warned_of(string type, string? code) =>
        Assert.Equal(code, MountedFileSystem.Check("/locks", type).SingleOrDefault()?.Code);

    [Fact]
    public void A_table_shows_the_way_down_to_what_is_held()
    {
        var console = new TestConsole().Width(100);
        var process = new HolderProcess(4711, ["backup", "--all\x1b[2J"], null);
        var held = new HeldLock("main", LockName.Of(BackupNamespace.Parse("a/b")), "", LockMode.Exclusive, false, process);
        var waiting = held with { Mode = LockMode.Shared, IsWaiting = true, Holder = new(4712, null, null) };
        console.Write(TableStatus.Render(new("/run/nslock", DateTimeOffset.UnixEpoch, [held, waiting], [])));
        var rows = console.Lines.Select(line => line.TrimEnd()).Where(line => line.Length > 0).Skip(2).ToList();
        Assert.Equal(4, rows.Count);
        Assert.Equal("  main:", rows[0]);
        Assert.Equal("    a", rows[1]);
        Assert.Matches(@"^      b +exclusive +4711 +\? +backup --all\\u001b\[2J$", rows[2]);
        Assert.Matches(@"^ +shared, waiting +4712 +\? +\(gone, or hidden\)$", rows[3]);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void A_long_command_is_cut_and_costs_the_others_no_room(int width)
    {
        var console = new TestConsole().Width(width);
        var process = new HolderProcess(4711, ["backup", new string('x', 300)], DateTimeOffset.UnixEpoch);
        var held = new HeldLock("main", LockName.Root, "", LockMode.Shared, false, process);
        console.Write(TableStatus.Render(new("/run/nslock", DateTimeOffset.UnixEpoch, [held], [])));
        var row = Assert.Single(console.Lines, line => line.Contains("main:"));
        Assert.Matches(@"^  main: +shared +4711 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +backup x+… *$", row);
        Assert.Equal(width, row.Length);
    }

    [Theory]
    [InlineData(Errno.TooManyOpenFiles, 71)]
    [InlineData(Errno.NoLocks, 71)]
    [InlineData(Errno.NoSpace, 73)]
    [InlineData(Errno.ReadOnlyFileSystem, 73)]
    [InlineData(Errno.NotSupported, 69)]
    [InlineData(Errno.AccessDenied, 66)]
    [InlineData(Errno.NameTooLong, 66)]
    [InlineData(Errno.SymbolicLink, 66)]
    public void A_failure_of_the_lock_files_has_the_exit_code_that_flock_gives_it(int errno, int expected) =>
        Assert.Equal(expected, ExitCode.Of(Errno.ToException(errno, "open", "/x")));
}
