using System.Runtime.Versioning;

namespace NamespaceLocking.Tests;

/// <summary>File systems that are full or read-only, and directories that belong to somebody else.</summary>
[SupportedOSPlatform("linux")]
public sealed class HardPlacesTests : IDisposable
{
    private const string Nobody = "65534";
    private const string Mount = "mount -t tmpfs -o \"$2\" tmpfs \"$1\" 2> /dev/null || exit 9; shift 2; exec \"$@\"";

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [SkippableFact]
    public void A_disk_without_room_for_a_directory_is_told_and_nothing_is_held()
    {
        // The directory itself, and the store's, and that is all.
        using var helper = StartOn("nr_inodes=2", "a", "");
        var error = helper.ReadLine();
        Assert.StartsWith($"IOException: Cannot make the directory '{_temporary.Path}/main/a': No space left on device", error);
        Assert.Contains("Free some space or inodes (df, df -i, quota)", error);
        Assert.Contains($"Cannot open the lock file '{_temporary.Path}/main/.ns-lock': No space left on device", helper.ReadLine());
        Assert.Equal(0, helper.WaitForExit());
    }

    [SkippableFact]
    public void A_disk_that_becomes_full_on_the_way_up_keeps_nothing_of_what_was_taken()
    {
        // Enough for the leaf, not for the root: the leaf is free again for who asks for it next, and fails at the same place.
        using var helper = StartOn("nr_inodes=4", "a", "a");
        for (var i = 0; i < 2; i++)
            Assert.StartsWith($"IOException: Cannot open the lock file '{_temporary.Path}/main/.ns-lock': No space left on device", helper.ReadLine());
        Assert.Equal(0, helper.WaitForExit());
    }

    [SkippableFact]
    public void A_read_only_file_system_is_told()
    {
        using var helper = StartOn("ro", "a");
        var error = helper.ReadLine();
        Assert.StartsWith($"IOException: Cannot make the directory '{_temporary.Path}/main': Read-only file system", error);
        Assert.Contains("Mount it writable, or choose a lock directory on another file system", error);
        Assert.Equal(0, helper.WaitForExit());
    }

    [SkippableFact]
    public void A_lock_directory_of_another_user_is_told()
    {
        using var helper = StartAsNobody("a");
        var error = helper.ReadLine();
        Assert.StartsWith($"UnauthorizedAccessException: Cannot make the directory '{_temporary.Path}/main': Permission denied (errno 13)", error);
        Assert.Contains("Let the user that this process runs as read, write and search the lock directory and what is in it", error);
    }

    [SkippableFact]
    public void A_lock_file_of_another_user_is_told()
    {
        new NamespaceLockManager("main", Linux.CreateProvider(_temporary.Path)).AcquireExclusive(BackupNamespace.Parse("a")).Dispose();
        var file = Path.Combine(_temporary.Path, "main", "a", ".ns-lock");
        foreach (var directory in new[] { "main", "main/a" })
            File.SetUnixFileMode(Path.Combine(_temporary.Path, directory), (UnixFileMode)0x1FF);
        using var helper = StartAsNobody("a");
        Assert.StartsWith($"UnauthorizedAccessException: Cannot open the lock file '{file}': Permission denied (errno 13)", helper.ReadLine());
    }

    [SkippableFact]
    public void A_directory_that_may_not_be_searched_is_told()
    {
        Linux.Require();
        Directory.CreateDirectory(Path.Combine(_temporary.Path, "main"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var helper = StartAsNobody("a");
        Assert.StartsWith("UnauthorizedAccessException: Cannot ", helper.ReadLine());
    }

    /// <summary>With a small file system of its own in place of the directory, which nobody else sees and which is gone with it.</summary>
    private ChildProcess StartOn(string mountOptions, params string[] namespaces)
    {
        Linux.Require();
        using (var probe = ChildProcess.StartProgram("unshare", "--mount", "sh", "-c", Mount, "sh", _temporary.Path, "size=64k", "true"))
            Skip.IfNot(probe.WaitForExit() == 0, "Mounting a file system is not permitted here.");
        return ChildProcess.StartProgram(
            "unshare",
            ["--mount", "sh", "-c", Mount, "sh", _temporary.Path, mountOptions, .. ChildProcess.HelperCommand, "try", _temporary.Path, .. namespaces]);
    }

    /// <summary>As a user who may look at the directory, and no more.</summary>
    private ChildProcess StartAsNobody(params string[] namespaces)
    {
        Linux.Require();
        File.SetUnixFileMode(_temporary.Path, (UnixFileMode)0x1ED);
        string[] asNobody = ["--reuid", Nobody, "--regid", Nobody, "--clear-groups"];
        using (var probe = ChildProcess.StartProgram("setpriv", [.. asNobody, "test", "-r", ChildProcess.HelperCommand[^1]]))
            Skip.IfNot(probe.WaitForExit() == 0, "This user cannot become another one, or that one cannot read the helper.");
        return ChildProcess.StartProgram("setpriv", [.. asNobody, .. ChildProcess.HelperCommand, "try", _temporary.Path, .. namespaces]);
    }
}
