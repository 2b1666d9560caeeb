namespace NamespaceLocking.Tests;

/// <summary>Locks of groups and the like in files: beside flock(1), other processes, and who removes files.</summary>
public sealed class BackupLockFilesTests : BackupLockBehaviour
{
    private readonly TemporaryDirectory _temporary = new();
    private readonly string _store = $"{Guid.NewGuid()}";

    private FileLockProvider Provider => field ??= Linux.CreateProvider(_temporary.Path);

    /// <summary>By the scheme as it is written down, not by the library's own code.</summary>
    private string LockFile => Path.Combine(_temporary.Path, _store, "a:b", "vm-100");

    [AcquiresLock(LockMode.Shared, nameof(ns))]
    private protected override NamespaceLockGuard LockNamespace(BackupNamespace ns) => new NamespaceLockManager(_store, Provider).AcquireShared(ns);

    private protected override BackupLockManager CreateManager(NamespaceLockOptions options) => new(_store, Provider, options);

    public override void Dispose()
    {
        _temporary.Dispose();
        base.Dispose();
    }

    [SkippableTheory]
    [InlineData(LockMode.Shared, "--shared", true)]
    [InlineData(LockMode.Shared, "--exclusive", false)]
    [InlineData(LockMode.Exclusive, "--shared", false)]
    public void The_flock_program_and_a_guard_keep_each_other_out(LockMode mode, string flockMode, bool areBothGranted)
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using (Locks.Acquire(Group, mode))
            Assert.Equal(areBothGranted, FlockSucceeds(flockMode));
        using var flock = StartFlock(flockMode);
        using (var guard = Locks.TryAcquire(Group, mode))
            Assert.Equal(areBothGranted, guard is not null);
        var error = Assert.Throws<BackupLockedException>(() => { using var refused = Locks.Acquire(Group, LockMode.Exclusive); });
        Assert.Equal(flock.Id, Assert.Single(error.Holders).ProcessId);
        Assert.Equal(0, flock.Finish());
    }

    [SkippableFact]
    public async Task A_request_that_waits_is_granted_when_the_flock_program_ends()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        Locks.Acquire(Group, LockMode.Exclusive).Dispose();
        using var flock = StartFlock("--exclusive");
        var waiting = Locks.AcquireAsync(Group, LockMode.Exclusive, TimeSpan.FromMinutes(1)).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.Equal(0, flock.Finish());
        using var guard = await waiting;
        Assert.True(guard.IsHeld);
    }

    [SkippableFact]
    public void Another_process_is_kept_out_and_when_it_is_killed_leaves_nothing_locked()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using var holder = ChildProcess.StartHelper("hold-group", _temporary.Path, _store, "a/b", "vm", "100", "Exclusive");
        holder.WaitForLine("held");
        Assert.Null(Locks.TryAcquire(Group, LockMode.Shared));
        holder.Kill();
        using var guard = Locks.TryAcquire(Group, LockMode.Exclusive);
        Assert.NotNull(guard);
    }

    [SkippableFact]
    public void The_file_is_removed_with_its_guard_and_made_again_for_the_next()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using var guard = Locks.Acquire(Group, LockMode.Exclusive);
        Assert.True(File.Exists(LockFile));
        guard.RemoveAndDispose();
        Assert.False(File.Exists(LockFile));
        using var next = Locks.Acquire(Group, LockMode.Exclusive);
        Assert.False(FlockSucceeds("--shared"));
    }

    [SkippableFact]
    public async Task Who_waits_for_a_file_that_is_removed_gets_the_next_one()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using var holder = Locks.Acquire(Group, LockMode.Exclusive);
        // Another provider counts as a stranger.
        var stranger = new BackupLockManager(_store, new FileLockProvider(_temporary.Path));
        var waiting = stranger.AcquireAsync(Group, LockMode.Exclusive, TimeSpan.FromMinutes(1)).AsTask();
        holder.RemoveAndDispose();
        using var guard = await waiting;
        Assert.False(FlockSucceeds("--shared"));
    }

    [SkippableFact]
    public void What_is_not_its_own_file_is_not_removed()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using var guard = Locks.Acquire(Group, LockMode.Exclusive);
        File.Delete(LockFile);
        File.WriteAllText(LockFile, "somebody else's");
        guard.RemoveAndDispose();
        Assert.Equal("somebody else's", File.ReadAllText(LockFile));
        using var next = Locks.Acquire(Group, LockMode.Exclusive);
        Directory.Move(Path.Combine(_temporary.Path, _store), Path.Combine(_temporary.Path, "moved"));
        next.RemoveAndDispose();
        Assert.True(File.Exists(Path.Combine(_temporary.Path, "moved", "a:b", "vm-100")));
    }

    [SkippableFact]
    public void No_link_is_followed_to_what_is_removed()
    {
        using var inNamespace = LockNamespace(Group.Namespace);
        using var guard = Locks.Acquire(Group, LockMode.Exclusive);
        var directory = Path.GetDirectoryName(LockFile)!;
        Directory.Move(directory, directory + ".moved");
        Directory.CreateSymbolicLink(directory, directory + ".moved");
        Assert.Contains("symbolic link", Assert.Throws<IOException>(guard.RemoveAndDispose).Message);
        Assert.True(File.Exists(Path.Combine(directory + ".moved", "vm-100")));
        Assert.False(guard.IsHeld);
    }

    [SkippableTheory]
    [InlineData("a:b")]
    [InlineData("a:b/vm-100")]
    public void A_link_below_the_lock_directory_is_never_followed(string linked)
    {
        using (LockNamespace(Group.Namespace)) { }
        var link = Path.Combine(_temporary.Path, _store, linked);
        if (Directory.Exists(link))
            Directory.Move(link, link + ".moved");
        var outside = Directory.CreateDirectory(Path.Combine(_temporary.Path, "outside"));
        Directory.CreateSymbolicLink(link, outside.FullName);
        using var stub = new NamespaceLockManager(_store, new InProcessLockProvider()).AcquireShared(Group.Namespace);
        var error = Assert.Throws<IOException>(() => { using var guard = Locks.Acquire(Group, LockMode.Shared); });
        Assert.Contains($"'{link}'", error.Message);
        Assert.Contains("symbolic link", error.Message);
        Assert.Empty(outside.GetFileSystemInfos());
    }

    [SkippableFact]
    public void A_group_and_a_namespace_of_one_name_are_in_each_others_way_and_both_say_so()
    {
        var group = BackupLockTarget.Group(BackupNamespace.Root, "vm", "100");
        var ns = BackupNamespace.Parse("vm-100");
        using var inNamespace = LockNamespace(group.Namespace);
        using (var first = Locks.Acquire(group, LockMode.Exclusive))
            first.RemoveAndDispose();
        using (LockNamespace(ns)) { }
        var error = Assert.Throws<IOException>(() => { using var guard = Locks.Acquire(group, LockMode.Exclusive); });
        Assert.Contains("Is a directory", error.Message);
        Assert.Contains("a namespace", error.Message);
        Directory.Delete(Path.Combine(_temporary.Path, _store, "vm-100"), recursive: true);
        Locks.Acquire(group, LockMode.Exclusive).Dispose();
        error = Assert.Throws<IOException>(() => { using var guard = LockNamespace(ns); });
        Assert.Contains("Not a directory", error.Message);
        Assert.Contains("a group", error.Message);
    }

    [SkippableFact]
    public void What_is_not_held_costs_no_descriptor()
    {
        using var inNamespace = LockNamespace(Ab);
        for (var i = 0; i < 100; i++)
            Locks.Acquire(BackupLockTarget.Group(Ab, "vm", $"{i}"), LockMode.Shared).Dispose();
        Assert.DoesNotContain(
            new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Select(file => file.LinkTarget).OfType<string>(),
            file => file.StartsWith(Path.Combine(_temporary.Path, _store, "a:b", "vm-"), StringComparison.Ordinal));
    }

    private bool FlockSucceeds(string mode)
    {
        using var flock = ChildProcess.StartProgram("flock", mode, "--nonblock", "--conflict-exit-code", "9", LockFile, "true");
        var exitCode = flock.WaitForExit();
        Assert.True(exitCode is 0 or 9, $"flock exited with {exitCode}");
        return exitCode == 0;
    }

    private ChildProcess StartFlock(string mode)
    {
        var flock = ChildProcess.StartProgram("flock", mode, "--nonblock", LockFile, "sh", "-c", "echo held; exec cat");
        flock.WaitForLine("held");
        return flock;
    }
}
