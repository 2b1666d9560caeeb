namespace NamespaceLocking.Tests;

/// <summary>Lock files that stay open between two uses.</summary>
public sealed class KeptFilesTests : IDisposable
{
    private const string Store = "main";
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");

    private readonly TemporaryDirectory _temporary = new();

    private string LockFile => Path.Combine(_temporary.Path, Store, "a:b", ".ns-lock");

    public void Dispose() => _temporary.Dispose();

    [SkippableFact]
    public void The_kernel_lock_is_given_back_with_the_last_guard_and_not_before()
    {
        var locks = Manager();
        var first = locks.AcquireShared(Ab);
        var second = locks.AcquireShared(Ab.Child("c"));
        first.Dispose();
        Assert.Null(TryLockAsAStranger());
        second.Dispose();
        using var free = TryLockAsAStranger();
        Assert.NotNull(free);
        Assert.NotEmpty(OpenLockFiles());
    }

    [SkippableFact]
    public void A_kept_file_that_was_removed_is_not_locked_but_the_one_made_instead() => AssertLocksTheNewFile(() => File.Delete(LockFile));

    [SkippableFact]
    public void A_kept_file_that_was_replaced_is_not_locked_but_its_successor() =>
        AssertLocksTheNewFile(() =>
        {
            File.WriteAllText(LockFile + ".new", "");
            File.Move(LockFile + ".new", LockFile, overwrite: true);
        });

    [SkippableFact]
    public void A_store_that_was_moved_away_since_is_made_again() =>
        AssertLocksTheNewFile(() => Directory.Move(Path.Combine(_temporary.Path, Store), Path.Combine(_temporary.Path, "moved")));

    [SkippableFact]
    public void A_store_that_is_moved_away_under_a_guard_is_made_again_for_the_next()
    {
        var locks = Manager();
        locks.AcquireShared(Ab).Dispose();
        using var guard = locks.AcquireShared(BackupNamespace.Parse("a/c"));
        Directory.Move(Path.Combine(_temporary.Path, Store), Path.Combine(_temporary.Path, "moved"));
        using var next = locks.AcquireShared(Ab);
        Assert.Null(TryLockAsAStranger());
    }

    [SkippableFact]
    public void A_lock_directory_that_was_removed_since_is_made_again()
    {
        var directory = Path.Combine(_temporary.Path, "locks");
        var locks = new NamespaceLockManager(Store, Linux.CreateProvider(directory));
        locks.AcquireShared(Ab).Dispose();
        Directory.Delete(directory, recursive: true);
        using var guard = locks.AcquireExclusive(Ab);
        Assert.True(File.Exists(Path.Combine(directory, Store, "a:b", ".ns-lock")));
    }

    [SkippableFact]
    public void A_link_put_in_the_place_of_a_kept_file_is_not_followed()
    {
        var locks = Manager();
        locks.AcquireShared(Ab).Dispose();
        File.Move(LockFile, LockFile + ".old");
        File.CreateSymbolicLink(LockFile, LockFile + ".old");
        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => locks.AcquireShared(Ab).Dispose()).Message);
        File.Delete(LockFile);
        locks.AcquireExclusive(Ab).Dispose();
    }

    [SkippableFact]
    public void Who_removed_the_file_and_still_has_it_locked_is_in_nobodys_way()
    {
        var locks = Manager();
        locks.AcquireShared(Ab).Dispose();
        using var remover = TryLockAsAStranger();
        Assert.Null(locks.TryAcquireShared(Ab));
        File.Delete(LockFile);
        using var guard = locks.TryAcquireExclusive(Ab);
        Assert.NotNull(guard);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public void Only_so_many_stay_open(int kept)
    {
        var locks = Manager(new() { KeptFiles = kept });
        for (var i = 0; i < 10; i++)
            locks.AcquireShared(Ab.Child($"n{i}")).Dispose();
        Assert.Equal(kept, OpenLockFiles().Count);
    }

    [SkippableFact]
    public void Those_used_last_stay_open()
    {
        var locks = Manager(new() { KeptFiles = 3 });
        locks.AcquireShared(BackupNamespace.Parse("x/y")).Dispose();
        locks.AcquireShared(Ab).Dispose();
        Assert.Equal(["/", "/a/", "/a:b/"], OpenLockFiles().Select(file => file[(_temporary.Path.Length + Store.Length + 1)..^8]).Order());
    }

    [SkippableFact]
    public void A_lock_that_is_refused_closes_nothing()
    {
        var locks = Manager();
        locks.AcquireShared(Ab).Dispose();
        using var stranger = TryLockAsAStranger();
        Assert.Null(locks.TryAcquireShared(Ab));
        Assert.Equal(3, OpenLockFiles().Count(file => !file.Contains("deleted")) - 1);
    }

    [SkippableFact]
    public void Out_of_descriptors_it_closes_what_it_keeps()
    {
        Linux.Require();
        using var helper = StartWithFewDescriptors("lock-many", "one-by-one");
        helper.WaitForLine("ready");
        Assert.Equal(0, helper.WaitForExit());
    }

    [SkippableFact]
    public void Out_of_descriptors_that_are_all_held_it_says_so_and_holds_nothing_of_the_last()
    {
        Linux.Require();
        using var helper = StartWithFewDescriptors("lock-many", "all-at-once");
        helper.WaitForLine("ready");
        helper.WaitForLine("ulimit -n");
        Assert.Equal(0, helper.WaitForExit());
    }

    private ChildProcess StartWithFewDescriptors(params string[] arguments) =>
        ChildProcess.StartProgram(
            "sh", ["-c", "ulimit -n 200; exec \"$@\"", "sh", .. ChildProcess.HelperCommand, .. arguments, _temporary.Path]);

    private void AssertLocksTheNewFile(Action meddle)
    {
        var locks = Manager();
        locks.AcquireExclusive(Ab).Dispose();
        meddle();
        using (var guard = locks.AcquireExclusive(Ab))
            Assert.Null(TryLockAsAStranger());
        using var free = TryLockAsAStranger();
        Assert.NotNull(free);
    }

    private LockFile? TryLockAsAStranger()
    {
        var directory = new LockDirectory(_temporary.Path);
        return directory.TryLock(directory.PlaceOf(Store, Ab), LockMode.Exclusive);
    }

    private List<string> OpenLockFiles() =>
        [.. new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(file => file.LinkTarget).OfType<string>()
            .Where(file => file.StartsWith(_temporary.Path, StringComparison.Ordinal) && file.Contains("/.ns-lock"))];

    private NamespaceLockManager Manager(FileLockOptions? options = null)
    {
        Linux.Require();
        return new(Store, new FileLockProvider(_temporary.Path, options ?? new()));
    }
}
