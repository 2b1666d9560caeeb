using System.Runtime.Versioning;

namespace NamespaceLocking.Tests;

/// <summary>What the file provider leaves on disk, and what may be in its way there.</summary>
public sealed class LockFilesTests : IDisposable
{
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");

    private readonly TemporaryDirectory _temporary = new();

    private string Store => Path.Combine(_temporary.Path, "main");

    public void Dispose() => _temporary.Dispose();

    [SkippableFact]
    public void There_is_one_empty_file_a_level_and_it_stays()
    {
        Lock(Ab);
        var files = Directory.GetFiles(_temporary.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        Assert.Equal(
            ["main/.ns-lock", "main/a/.ns-lock", "main/a:b/.ns-lock"],
            files.Select(file => Path.GetRelativePath(_temporary.Path, file)).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(0, new FileInfo(file).Length));
    }

    [SkippableFact]
    public void Names_of_255_bytes_are_one_directory_each()
    {
        var ns = BackupNamespace.Root.Child(new string('x', 127)).Child(new string('y', 127));
        var store = new string('s', 255);
        using var guard = new NamespaceLockManager(store, Linux.CreateProvider(_temporary.Path)).AcquireExclusive(ns);
        Assert.True(File.Exists(Path.Combine(_temporary.Path, store, ns.ToString().Replace('/', ':'), ".ns-lock")));
    }

    [SkippableFact]
    public void A_name_of_256_bytes_is_locked_under_hashed()
    {
        var ns = BackupNamespace.Root.Child(new string('x', 128)).Child(new string('y', 127));
        Lock(ns);
        Assert.Single(Directory.GetDirectories(Path.Combine(Store, "hashed")));
    }

    [SkippableFact]
    public void The_namespace_called_hashed_is_not_in_the_way_of_names_that_are()
    {
        using var guard = Manager().AcquireExclusive(BackupNamespace.Parse("hashed"));
        Lock(BackupNamespace.Root.Child(new string('x', 128)).Child(new string('y', 127)));
    }

    [SkippableFact]
    [SupportedOSPlatform("linux")]
    public void Modes_are_0770_and_0660_less_the_umask()
    {
        Lock(Ab);
        var umask = (UnixFileMode)Convert.ToInt32(
            File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Umask:", StringComparison.Ordinal))[6..].Trim(), 8);
        Assert.Equal((UnixFileMode)0x1F8 & ~umask, File.GetUnixFileMode(Path.Combine(Store, "a:b")));
        Assert.Equal((UnixFileMode)0x1B0 & ~umask, File.GetUnixFileMode(Path.Combine(Store, "a:b", ".ns-lock")));
    }

    [SkippableFact]
    [SupportedOSPlatform("linux")]
    public void Modes_are_as_told_less_the_umask()
    {
        Linux.Require();
        var options = new FileLockOptions
        {
            FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
        };
        new NamespaceLockManager("main", new FileLockProvider(_temporary.Path, options)).AcquireExclusive(Ab).Dispose();
        Assert.Equal(options.DirectoryMode, File.GetUnixFileMode(Path.Combine(Store, "a:b")));
        Assert.Equal(options.FileMode, File.GetUnixFileMode(Path.Combine(Store, "a:b", ".ns-lock")));
    }

    [SkippableFact]
    public void A_missing_lock_directory_is_made_with_its_parents()
    {
        var directory = Path.Combine(_temporary.Path, "one/two/three");
        Lock(Ab, directory);
        Assert.True(File.Exists(Path.Combine(directory, "main/a:b/.ns-lock")));
    }

    [SkippableFact]
    public void A_relative_lock_directory_stays_where_it_was()
    {
        Linux.Require();
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _temporary.Path);
        Lock(Ab, relative + "/");
        Assert.True(File.Exists(Path.Combine(Store, "a:b/.ns-lock")));
    }

    [SkippableFact]
    public void The_lock_directory_itself_may_be_reached_by_a_link()
    {
        var link = Path.Combine(_temporary.Path, "link");
        Directory.CreateSymbolicLink(link, Directory.CreateDirectory(Path.Combine(_temporary.Path, "real")).FullName);
        Lock(Ab, link);
        Assert.True(File.Exists(Path.Combine(_temporary.Path, "real/main/a:b/.ns-lock")));
    }

    [SkippableTheory]
    [InlineData("main")]
    [InlineData("main/a:b")]
    [InlineData("main/a:b/.ns-lock")]
    public void A_link_below_it_is_never_followed(string linked)
    {
        var outside = Directory.CreateDirectory(Path.Combine(_temporary.Path, "outside"));
        var link = Path.Combine(_temporary.Path, linked);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        Directory.CreateSymbolicLink(link, outside.FullName);
        var error = Assert.Throws<IOException>(() => Lock(Ab));
        Assert.Contains($"'{link}'", error.Message);
        Assert.Contains("symbolic link", error.Message);
        Assert.Empty(outside.GetFileSystemInfos());
        AssertNothingIsLeftLocked(link);
    }

    [SkippableTheory]
    [InlineData("main")]
    [InlineData("main/a")]
    [InlineData("main/a:b")]
    public void A_plain_file_in_the_way_is_told(string file)
    {
        var path = Path.Combine(_temporary.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        var error = Assert.Throws<IOException>(() => Lock(Ab));
        Assert.Contains($"Cannot open the directory '{path}': Not a directory (errno 20)", error.Message);
        Assert.Contains("move it aside", error.Message);
        AssertNothingIsLeftLocked(path);
    }

    [SkippableFact]
    public void A_plain_file_for_a_lock_directory_is_told()
    {
        var file = Path.Combine(_temporary.Path, "file");
        File.WriteAllText(file, "");
        Assert.Contains("Not a directory", Assert.Throws<IOException>(() => Lock(Ab, file)).Message);
        Assert.Contains("Not a directory", Assert.Throws<IOException>(() => Lock(Ab, Path.Combine(file, "below"))).Message);
    }

    [SkippableFact]
    public void A_lock_directory_that_is_a_link_to_nowhere_is_told()
    {
        var link = Path.Combine(_temporary.Path, "link");
        Directory.CreateSymbolicLink(link, Path.Combine(_temporary.Path, "nowhere"));
        var error = Assert.Throws<DirectoryNotFoundException>(() => Lock(Ab, link));
        Assert.Contains("leads nowhere", error.Message);
    }

    [SkippableFact]
    public void A_place_where_no_directory_can_be_is_told()
    {
        Linux.Require();
        Skip.IfNot(Directory.Exists("/proc/self"), "There is no /proc.");
        var error = Assert.Throws<DirectoryNotFoundException>(() => Lock(Ab, "/proc/locks-here/and-there"));
        Assert.Contains("Cannot make the directory '/proc/locks-here'", error.Message);
    }

    [SkippableFact]
    public void A_directory_in_place_of_the_lock_file_is_told()
    {
        var path = Directory.CreateDirectory(Path.Combine(Store, "a:b/.ns-lock")).FullName;
        var error = Assert.Throws<IOException>(() => Lock(Ab));
        Assert.Contains($"Cannot open the lock file '{path}': Is a directory", error.Message);
        AssertNothingIsLeftLocked(path);
    }

    [SkippableFact]
    public void A_named_pipe_in_place_of_the_lock_file_is_told_and_hangs_nobody()
    {
        Linux.Require();
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Store, "a:b")).FullName, ".ns-lock");
        using (var mkfifo = ChildProcess.StartProgram("mkfifo", path))
            Assert.Equal(0, mkfifo.WaitForExit());
        var error = Assert.Throws<IOException>(() => Lock(Ab));
        Assert.Contains($"'{path}' is not a plain file", error.Message);
        AssertNothingIsLeftLocked(path);
    }

    [SkippableFact]
    public void A_directory_that_may_not_be_made_is_told_and_is_not_taken_for_locked()
    {
        Linux.Require();
        // Nobody, the superuser included, makes directories there.
        Skip.IfNot(Directory.Exists("/sys/kernel"), "There is no /sys.");
        var error = Record.Exception(() => Lock(Ab, "/sys/kernel/namespace-locks"));
        Assert.True(error is UnauthorizedAccessException or IOException, $"{error}");
        Assert.Contains("Cannot make the directory '/sys/kernel/namespace-locks'", error.Message);
        Assert.Contains("choose", error.Message);
    }

    [SkippableFact]
    public void A_path_that_is_too_long_is_told()
    {
        var directory = Path.Combine([_temporary.Path, .. Enumerable.Repeat(new string('d', 250), 20)]);
        Assert.Throws<PathTooLongException>(() => Lock(Ab, directory));
    }

    [Fact]
    public void A_lock_directory_has_to_be_a_path()
    {
        Assert.Throws<ArgumentNullException>(() => new FileLockProvider(null!));
        Assert.Contains("'' cannot be a lock directory: it is empty", Assert.Throws<ArgumentException>("directory", () => new FileLockProvider("")).Message);
        Assert.Contains(
            @"'a\u0000b' cannot be a lock directory: it has a NUL",
            Assert.Throws<ArgumentException>("directory", () => new FileLockProvider("a\0b")).Message);
    }

    [Fact]
    public void Elsewhere_than_on_Linux_the_provider_says_so()
    {
        var error = Record.Exception(() => new FileLockProvider(_temporary.Path));
        if (OperatingSystem.IsLinux())
            Assert.Null(error);
        else
            Assert.Contains("flock", Assert.IsType<PlatformNotSupportedException>(error).Message);
    }

    /// <summary>A level was taken before the failure, or not: none of it may stay.</summary>
    private void AssertNothingIsLeftLocked(string obstacle)
    {
        if (Directory.Exists(obstacle) && File.ResolveLinkTarget(obstacle, false) is null)
            Directory.Delete(obstacle);
        else
            File.Delete(obstacle);
        Lock(BackupNamespace.Root);
        Lock(Ab);
    }

    private NamespaceLockManager Manager(string? directory = null) => new("main", Linux.CreateProvider(directory ?? _temporary.Path));

    private void Lock(BackupNamespace ns, string? directory = null)
    {
        using var guard = Manager(directory).AcquireExclusive(ns);
        Assert.True(guard.IsHeld);
    }
}
