using System.Security.Cryptography;
using System.Text;

namespace NamespaceLocking.Tests;

public class LockFileNamesTests
{
    private static readonly DateTimeOffset Time = new(2022, 5, 2, 8, 11, 33, TimeSpan.Zero);

    [Theory]
    [InlineData("", ".ns-lock")]
    [InlineData("a", "a/.ns-lock")]
    [InlineData("a/b/c", "a:b:c/.ns-lock")]
    [InlineData("hashed", "hashed/.ns-lock")]
    public void A_namespace_is_one_directory(string ns, string expected) => Assert.Equal(expected, LockFileNames.Of(BackupNamespace.Parse(ns)));

    [Fact]
    public void A_name_of_255_bytes_is_kept()
    {
        var ns = BackupNamespace.Root.Child(new string('x', 127)).Child(new string('y', 127));
        Assert.Equal($"{ns.ToString().Replace('/', ':')}/.ns-lock", LockFileNames.Of(ns));
    }

    [Fact]
    public void A_name_of_256_bytes_is_shortened_and_hashed()
    {
        var ns = BackupNamespace.Root.Child(new string('x', 128)).Child(new string('y', 127));
        Assert.Equal(
            $"hashed/{new string('x', 80)}...{new string('y', 80)}-{Sha256($"{new string('x', 128)}:{new string('y', 127)}")}/.ns-lock",
            LockFileNames.Of(ns));
    }

    [Theory]
    [InlineData("", "vm-100")]
    [InlineData("a/b", "a:b/vm-100")]
    public void A_group_is_a_file_in_the_directory_of_its_namespace(string ns, string expected) =>
        Assert.Equal(expected, LockFileNames.Of(BackupLockTarget.Group(BackupNamespace.Parse(ns), "vm", "100")));

    [Fact]
    public void A_snapshot_and_its_manifest_are_files_beside_it()
    {
        var ns = BackupNamespace.Parse("a");
        Assert.Equal(@"a/vm-100-2022\x2d05\x2d02T08\x3a11\x3a33Z", LockFileNames.Of(BackupLockTarget.Snapshot(ns, "vm", "100", Time)));
        Assert.Equal(
            @"a/vm-100-2022\x2d05\x2d02T08\x3a11\x3a33Z-.index.json.lck", LockFileNames.Of(BackupLockTarget.Manifest(ns, "vm", "100", Time)));
    }

    [Fact]
    public void A_group_of_254_bytes_is_kept()
    {
        var id = new string('x', 251);
        Assert.Equal($"vm-{id}", LockFileNames.Of(BackupLockTarget.Group(BackupNamespace.Root, "vm", id)));
    }

    [Fact]
    public void A_group_of_255_bytes_is_shortened_and_its_path_hashed()
    {
        var id = new string('x', 252);
        Assert.Equal(
            $"a/hashed/vm-{new string('x', 77)}...{new string('x', 80)}-{Sha256($"vm/{id}")}",
            LockFileNames.Of(BackupLockTarget.Group(BackupNamespace.Parse("a"), "vm", id)));
    }

    [Fact]
    public void Escapes_count_as_the_characters_that_they_are()
    {
        var id = "x" + new string('-', 63);
        var escaped = "vm-x" + string.Concat(Enumerable.Repeat(@"\x2d", 63));
        Assert.Equal(256, escaped.Length);
        Assert.Equal(
            $"hashed/{escaped[..80]}...{escaped[^80..]}-{Sha256($"vm/{id}")}",
            LockFileNames.Of(BackupLockTarget.Group(BackupNamespace.Root, "vm", id)));
    }

    [Theory]
    [InlineData("vm/100", "vm-100")]
    [InlineData("host/a-b_c.d", @"host-a\x2db_c.d")]
    [InlineData(".a/.b", @"\x2ea-.b")]
    public void A_path_is_escaped_as_systemd_does(string path, string expected)
    {
        Assert.Equal(expected, UnitName.Escape(path));
        // By the program that made the rules.
        if (!ChildProcess.IsInstalled("systemd-escape"))
            return;
        using var escape = ChildProcess.StartProgram("systemd-escape", "--path", path);
        escape.WaitForLine(expected);
    }

    private static string Sha256(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
}
