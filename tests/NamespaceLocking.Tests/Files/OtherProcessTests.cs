namespace NamespaceLocking.Tests;

/// <summary>The library in two processes, and beside flock(1).</summary>
public sealed class OtherProcessTests : IDisposable
{
    private const string Store = "main";
    private static readonly BackupNamespace Deepest = BackupNamespace.Parse("a/b/c/d/e/f/g/h");

    private readonly TemporaryDirectory _temporary = new();

    public static TheoryData<int> Depths => [.. Enumerable.Range(0, BackupNamespace.MaxDepth + 1)];

    public void Dispose() => _temporary.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Depths))]
    public void A_shared_guard_lets_the_flock_program_share_every_level_and_have_none(int depth)
    {
        using var guard = Manager().AcquireShared(AtDepth(depth));
        for (var level = 0; level <= depth; level++)
        {
            Assert.True(FlockSucceeds("--shared", level), $"level {level} is shared");
            Assert.False(FlockSucceeds("--exclusive", level), $"level {level} is held");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Depths))]
    public void An_exclusive_guard_keeps_the_flock_program_out_of_its_level_and_lets_it_share_those_above(int depth)
    {
        using var guard = Manager().AcquireExclusive(AtDepth(depth));
        for (var level = 0; level <= depth; level++)
        {
            Assert.Equal(level < depth, FlockSucceeds("--shared", level));
            Assert.False(FlockSucceeds("--exclusive", level), $"level {level} is held");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Depths))]
    public void The_flock_program_with_a_level_for_itself_keeps_out_every_guard_at_it_and_below_it(int level)
    {
        MakeLockFiles();
        using var flock = StartFlock("--exclusive", level);
        var locks = Manager();
        for (var depth = 0; depth <= BackupNamespace.MaxDepth; depth++)
        {
            using var guard = locks.TryAcquireShared(AtDepth(depth));
            Assert.Equal(depth < level, guard is not null);
        }
        var error = Assert.Throws<NamespaceLockedException>(() => { using var guard = locks.AcquireShared(Deepest); });
        Assert.Equal(AtDepth(level), error.ConflictingNamespace);
        // The program that flock(1) runs has the file open too; the lock is listed under who took it.
        Assert.Equal([(flock.Id, LockMode.Exclusive)], error.Holders.Select(holder => (holder.ProcessId!.Value, holder.Mode)));
        Assert.Contains("flock", error.Holders[0].Description);
        Assert.Contains($"process {flock.Id} (", error.Message);
    }

    [SkippableTheory]
    [MemberData(nameof(Depths))]
    public void The_flock_program_sharing_a_level_keeps_out_an_exclusive_guard_there_alone(int level)
    {
        MakeLockFiles();
        using var flock = StartFlock("--shared", level);
        var locks = Manager();
        for (var depth = 0; depth <= BackupNamespace.MaxDepth; depth++)
        {
            using (var guard = locks.TryAcquireShared(AtDepth(depth)))
                Assert.NotNull(guard);
            using (var guard = locks.TryAcquireExclusive(AtDepth(depth)))
                Assert.Equal(depth != level, guard is not null);
        }
    }

    [SkippableFact]
    public void A_lock_is_given_back_with_the_guard()
    {
        var guard = Manager().AcquireExclusive(Deepest);
        guard.Dispose();
        for (var level = 0; level <= BackupNamespace.MaxDepth; level++)
            Assert.True(FlockSucceeds("--exclusive", level), $"level {level} is free");
    }

    [SkippableFact]
    public async Task A_waiting_request_is_granted_when_the_flock_program_ends()
    {
        MakeLockFiles();
        using var flock = StartFlock("--exclusive", level: 1);
        var waiting = Manager().AcquireSharedAsync(Deepest, TimeSpan.FromMinutes(1)).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.Equal(0, flock.Finish());
        using var guard = await waiting;
        Assert.True(guard.IsHeld);
    }

    [SkippableFact]
    public async Task A_request_that_waits_for_another_process_shuts_out_nobody_who_shares_with_that_one()
    {
        MakeLockFiles();
        using var flock = StartFlock("--shared", level: 1);
        var locks = Manager();
        var waiting = locks.AcquireExclusiveAsync(AtDepth(1), TimeSpan.FromMinutes(1)).AsTask();
        // Now and then one is refused, when the waiter has just found one of this process instead; then it finds the other process.
        for (var i = 0; i < 3 * WaitQueue.MaxOvertakers; i++)
            Assert.True(SpinWait.SpinUntil(TryShare, TimeSpan.FromMinutes(1)));
        Assert.False(waiting.IsCompleted);
        Assert.Equal(0, flock.Finish());
        (await waiting).Dispose();

        bool TryShare()
        {
            using var guard = locks.TryAcquireShared(AtDepth(2));
            return guard is not null;
        }
    }

    [SkippableFact]
    public void Two_processes_keep_each_other_out_and_the_refusal_names_the_other()
    {
        Linux.Require();
        using var holder = ChildProcess.StartHolder(_temporary.Path, Store, AtDepth(2), LockMode.Shared);
        var locks = Manager();
        using (var guard = locks.AcquireShared(AtDepth(3)))
            Assert.True(guard.IsHeld);
        var error = Assert.Throws<NamespaceLockedException>(() => { using var guard = locks.AcquireExclusive(AtDepth(1)); });
        var found = Assert.Single(error.Holders);
        Assert.Equal(holder.Id, found.ProcessId);
        Assert.Equal(LockMode.Shared, found.Mode);
        // A long one is cut.
        Assert.StartsWith(found.Description.TrimEnd('…'), File.ReadAllText($"/proc/{holder.Id}/cmdline").Replace('\0', ' '));
        Assert.Contains("dotnet", found.Description);
        Assert.Equal(0, holder.Finish());
        using var granted = locks.AcquireExclusive(AtDepth(1));
        Assert.True(granted.IsHeld);
    }

    [SkippableTheory]
    [InlineData(LockMode.Shared)]
    [InlineData(LockMode.Exclusive)]
    public void A_process_that_is_killed_leaves_nothing_locked(LockMode mode)
    {
        Linux.Require();
        using var holder = ChildProcess.StartHolder(_temporary.Path, Store, Deepest, mode);
        var locks = Manager();
        Assert.Null(locks.TryAcquireExclusive(Deepest));
        Assert.Null(locks.TryAcquireExclusive(BackupNamespace.Root));
        holder.Kill();
        using var guard = locks.TryAcquireExclusive(BackupNamespace.Root);
        Assert.NotNull(guard);
    }

    [SkippableFact]
    public void A_program_started_meanwhile_does_not_inherit_the_lock_file()
    {
        using var guard = Manager().AcquireExclusive(Deepest);
        using var child = ChildProcess.StartProgram("cat");
        Assert.DoesNotContain(OpenFilesOf(child.Id), file => file.EndsWith(".ns-lock", StringComparison.Ordinal));
        // Not for want of looking: this process has one for each level.
        Assert.Equal(
            BackupNamespace.MaxDepth + 1,
            OpenFilesOf(Environment.ProcessId).Count(file => file.StartsWith(_temporary.Path, StringComparison.Ordinal) && file.EndsWith(".ns-lock", StringComparison.Ordinal)));
    }

    private static List<string> OpenFilesOf(int process) =>
        [.. new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos().Select(file => file.LinkTarget).OfType<string>()];

    private static BackupNamespace AtDepth(int depth)
    {
        var ns = Deepest;
        while (ns.Depth > depth)
            ns = ns.Parent;
        return ns;
    }

    private NamespaceLockManager Manager() => new(Store, Linux.CreateProvider(_temporary.Path));

    private void MakeLockFiles()
    {
        using var guard = Manager().AcquireShared(Deepest);
        Assert.True(guard.IsHeld);
    }

    /// <summary>By the scheme as it is written down, not by the library's own code.</summary>
    private string LockFileAt(int level) =>
        Path.Combine(_temporary.Path, Store, string.Join(':', Deepest.Components.Take(level)), ".ns-lock");

    private bool FlockSucceeds(string mode, int level)
    {
        using var flock = ChildProcess.StartProgram("flock", mode, "--nonblock", "--conflict-exit-code", "9", LockFileAt(level), "true");
        var exitCode = flock.WaitForExit();
        Assert.True(exitCode is 0 or 9, $"flock exited with {exitCode}");
        return exitCode == 0;
    }

    private ChildProcess StartFlock(string mode, int level)
    {
        var flock = ChildProcess.StartProgram("flock", mode, "--nonblock", LockFileAt(level), "sh", "-c", "echo held; exec cat");
        flock.WaitForLine("held");
        return flock;
    }
}
