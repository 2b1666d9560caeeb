using System.Text.Json;

namespace NamespaceLocking.Tool.Tests;

/// <summary>What is wrong with a lock directory.</summary>
public sealed class CheckTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Groups = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    private readonly LockDirectoryOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [SkippableFact]
    public void A_directory_as_it_is_made_is_fine()
    {
        _locks.Make("main:a/b");
        var result = _locks.Nslock("check");
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("problem", result.Output);
    }

    [SkippableFact]
    public void Files_are_counted_and_those_that_nobody_holds_are_no_problem()
    {
        _locks.Make("main:a/b");
        _locks.Make($"main:{new string('x', 127)}/{new string('y', 128)}");
        using var holder = _locks.StartHolder("--exclusive", "main:a");
        using var document = JsonDocument.Parse(_locks.Nslock("check", "--output", "json").Output);
        var root = document.RootElement;
        Assert.Equal(
            ["schema", "directory", "fileSystem", "lockFiles", "lockFilesHeld", "shortenedNames", "findings"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(5, root.GetProperty("lockFiles").GetInt32());
        Assert.Equal(2, root.GetProperty("lockFilesHeld").GetInt32());
        Assert.Equal(1, root.GetProperty("shortenedNames").GetInt32());
    }

    [SkippableFact]
    public void Links_in_the_way_are_problems_and_not_followed()
    {
        _locks.Make("main:a");
        var outside = Path.Combine(Directory.GetParent(_locks.Path)!.FullName, "outside");
        Directory.CreateDirectory(Path.Combine(outside, "stranger"));
        File.CreateSymbolicLink(Path.Combine(_locks.Path, "linked"), outside);
        File.CreateSymbolicLink(Path.Combine(_locks.Path, "main", "b"), outside);
        File.Delete(_locks.LockFileOf("main", "a"));
        File.CreateSymbolicLink(_locks.LockFileOf("main", "a"), "/etc/passwd");
        Assert.Equal(["linked", "main/a/.ns-lock", "main/b"], Findings(1, "symbolic-link"));
        Assert.DoesNotContain("stranger", _locks.Nslock("check").Output);
    }

    [SkippableFact]
    public void Files_in_the_way_are_problems()
    {
        _locks.Make("main:a");
        File.WriteAllText(Path.Combine(_locks.Path, "other"), "");
        File.WriteAllText(Path.Combine(_locks.Path, "main", "b:c"), "");
        File.Delete(_locks.LockFileOf("main", "a"));
        Directory.CreateDirectory(_locks.LockFileOf("main", "a"));
        Assert.Equal(["main/a/.ns-lock", "main/b:c", "other"], Findings(1, "in-the-way"));
    }

    [SkippableFact]
    public void What_no_lock_uses_is_odd_but_no_problem()
    {
        _locks.Make("main:a");
        File.WriteAllText(Path.Combine(_locks.Path, "main", "a", "note"), "");
        Directory.CreateDirectory(Path.Combine(_locks.Path, "main", "not a namespace"));
        Directory.CreateDirectory(Path.Combine(_locks.Path, "main", "hashed", "short"));
        Assert.Equal(["main/a/note", "main/hashed/short", "main/not a namespace"], Findings(0, "unknown-file"));
    }

    [SkippableFact]
    public void A_directory_that_everybody_may_write_into_is_warned_of()
    {
        _locks.Make("main:a");
        File.SetUnixFileMode(Path.Combine(_locks.Path, "main"), LockDirectoryOfTest.All);
        Assert.Equal(["main"], Findings(0, "open-to-all"));
        File.SetUnixFileMode(Path.Combine(_locks.Path, "main"), LockDirectoryOfTest.All | UnixFileMode.StickyBit);
        Assert.Empty(Findings(0, "open-to-all"));
    }

    [SkippableFact]
    public void What_is_closed_to_the_group_of_an_open_directory_is_warned_of()
    {
        _locks.Make("main:a");
        foreach (var directory in new[] { "", "main", "main/a" })
            File.SetUnixFileMode(Path.Combine(_locks.Path, directory), Mine | Groups);
        const UnixFileMode OfFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(_locks.LockFileOf("main", "a"), OfFile);
        File.SetUnixFileMode(Path.Combine(_locks.Path, "main", ".ns-lock"), OfFile | UnixFileMode.GroupWrite);
        Assert.Equal(["main/a/.ns-lock"], Findings(0, "closed-to-group"));
    }

    [SkippableFact]
    public void What_a_user_may_not_use_is_a_problem()
    {
        _locks.Make("main:a");
        _locks.OpenToAll("", "main", "main/a", "main/.ns-lock");
        File.SetUnixFileMode(_locks.LockFileOf("main", "a"), UnixFileMode.None);
        var result = _locks.NslockAsAnotherUser("check", "--directory", _locks.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["no-access"], result.Lines.Where(line => line.StartsWith("problem")).Select(line => line.Split('\t')[1]));
        Assert.Contains($"'{_locks.LockFileOf("main", "a")}'", result.Output);
    }

    [SkippableFact]
    public void One_store_can_be_checked_alone()
    {
        _locks.Make("main:a");
        _locks.Make("other:a");
        File.WriteAllText(Path.Combine(_locks.Path, "other", "b"), "");
        Assert.Equal(0, _locks.Nslock("check", "main").ExitCode);
        Assert.Equal(1, _locks.Nslock("check", "other").ExitCode);
    }

    [SkippableFact]
    public void It_leaves_nothing_behind()
    {
        _locks.Make("main:a/b");
        string[] Everything() => [.. Directory.EnumerateFileSystemEntries(_locks.Path, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = 0,
        }).Order()];
        var before = Everything();
        Assert.Equal(0, _locks.Nslock("check").ExitCode);
        Assert.Equal(before, Everything());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_file_that_it_locks_leaves_nothing_behind_and_can_be_locked(bool isNamed)
    {
        using var temporary = new LockDirectoryOfTest();
        Directory.CreateDirectory(temporary.Path);
        var (first, second) = isNamed ? FlockProbe.OpenNamed(temporary.Path) : FlockProbe.OpenUnnamed(temporary.Path);
        using (first)
        using (second)
        {
            Assert.False(first.IsInvalid || second.IsInvalid);
            Assert.Null(FlockProbe.FindError(first, second));
            Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
            second.Dispose();
            // One and the same descriptor is never in its own way, as on a file system where flock does nothing.
            Assert.Contains("does nothing", FlockProbe.FindError(first, first));
        }
    }

    [SkippableFact]
    public void A_file_system_in_which_no_file_can_be_made_is_a_problem()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "Only root can mount a file system.");
        Directory.CreateDirectory(_locks.Path);
        var check = $"{string.Join(' ', LockDirectoryOfTest.Command)} check -d {_locks.Path}";
        var result = Machine.Run("unshare", "--mount", "sh", "-c", $"mount -t tmpfs -o nr_inodes=1 none {_locks.Path} || exit 9; {check}");
        Skip.If(result.ExitCode > 1, $"Nothing can be mounted here: {result.Error}");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"problem\tcannot-create\t'{_locks.Path}'\tNo file can be made in it: No space left on device (errno 28).\n", result.Output);
    }

    [SkippableFact]
    public void A_directory_in_memory_is_better_than_one_on_a_disk()
    {
        Skip.IfNot(Directory.Exists("/dev/shm"), "There is no /dev/shm here.");
        var directory = Path.Combine("/dev/shm", $"nslock-{Guid.NewGuid():N}");
        Directory.CreateDirectory(directory);
        try
        {
            using var document = JsonDocument.Parse(_locks.Nslock("check", "-d", directory, "-o", "json").Output);
            Skip.IfNot(document.RootElement.GetProperty("fileSystem").GetString() == "tmpfs", "/dev/shm is no tmpfs here.");
            Assert.Empty(document.RootElement.GetProperty("findings").EnumerateArray());
        }
        finally
        {
            Directory.Delete(directory);
        }
    }

    [SkippableFact]
    public void A_terminal_gets_a_table_and_a_summary()
    {
        _locks.Make("main:a");
        File.WriteAllText(Path.Combine(_locks.Path, "main", "b"), "");
        using var terminal = TerminalProgram.Start(_locks, "check");
        var result = terminal.WaitForExit();
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"problem\S* +in-the-way +main/b ", result.Output);
        Assert.Contains("2 lock files, 0 of them held", result.Output);
        Assert.Contains("Problems: 1.", result.Output);
    }

    /// <summary>Where a finding of this code is, below the lock directory.</summary>
    private string[] Findings(int exitCode, string code)
    {
        var result = _locks.Nslock("check", "--output", "json");
        Assert.Equal(exitCode, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        return [.. document.RootElement.GetProperty("findings").EnumerateArray()
            .Where(finding => finding.GetProperty("code").GetString() == code)
            .Select(finding => Path.GetRelativePath(_locks.Path, finding.GetProperty("path").GetString()!))
            .Order(StringComparer.Ordinal)];
    }
}
