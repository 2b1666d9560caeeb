namespace NamespaceLocking.Tool.Tests;

/// <summary>nslock against itself, flock(1) and the library.</summary>
public sealed class ContentionTests : IDisposable
{
    private readonly LockDirectoryOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [SkippableTheory]
    [InlineData("--shared", "main:a", "--shared", "main:a", 0)]
    [InlineData("--shared", "main:a", "--exclusive", "main:a", 1)]
    [InlineData("--shared", "main:a/b", "--exclusive", "main:a", 1)]
    [InlineData("--shared", "main:a", "--exclusive", "main:a/b", 0)]
    [InlineData("--exclusive", "main:a", "--shared", "main:a/b", 1)]
    [InlineData("--exclusive", "main:a", "--shared", "main:b", 0)]
    [InlineData("--exclusive", "main:a", "--exclusive", "other:a", 0)]
    [InlineData("--exclusive", "main:", "--shared", "main:a/b/c", 1)]
    public void It_keeps_out_what_the_library_keeps_out(string held, string heldTarget, string asked, string askedTarget, int expected)
    {
        using var holder = _locks.StartHolder(held, heldTarget);
        Assert.Equal(expected, _locks.Nslock("run", "--nonblock", asked, askedTarget, "--", "true").ExitCode);
        Assert.Equal(0, holder.Finish().ExitCode);
    }

    [SkippableFact]
    public void A_refusal_names_the_holder_and_runs_nothing()
    {
        using var holder = _locks.StartHolder("--shared", "main:a/b");
        var result = _locks.Nslock("run", "--nonblock", "--exclusive", "main:a", "--", "echo", "never");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        var expected = $"nslock: Store 'main': no exclusive lock on 'a' at once, as it is locked by process {holder.Id} (";
        Assert.StartsWith(expected, result.Error);
        Assert.Contains("shared", result.Error);
        Assert.EndsWith(" Try again when the holder is done, or give --wait a time to wait for it.\n", result.Error);
    }

    [SkippableTheory]
    [InlineData("--wait", "0.05")]
    [InlineData("--timeout", "50ms")]
    [InlineData("--wait", "0")]
    public void A_wait_that_is_over_is_a_conflict_with_the_exit_code_that_was_asked_for(string option, string time)
    {
        using var holder = _locks.StartHolder("--exclusive", "main:a");
        var result = _locks.Nslock("run", option, time, "-E", "75", "--shared", "main:a", "--", "echo", "never");
        Assert.Equal((75, ""), (result.ExitCode, result.Output));
        Assert.Contains($"process {holder.Id}", result.Error);
    }

    [SkippableFact]
    public void Without_a_time_it_waits_until_the_lock_is_free()
    {
        using var holder = _locks.StartHolder("--exclusive", "main:a");
        using var waiting = _locks.Start("run", "--shared", "main:a/b", "--", "echo", "granted");
        Assert.False(waiting.HasExited);
        Assert.Equal(0, holder.Finish().ExitCode);
        var result = waiting.WaitForExit();
        Assert.Equal((0, "granted\n"), (result.ExitCode, result.Output));
    }

    [SkippableFact]
    public void Two_exclusive_namespaces_are_one_lock()
    {
        using var holder = _locks.StartHolder("--exclusive", "main:a", "--exclusive", "main:b/c");
        Assert.Equal(1, _locks.Nslock("run", "-n", "-s", "main:a/x", "--", "true").ExitCode);
        Assert.Equal(1, _locks.Nslock("run", "-n", "-s", "main:b/c", "--", "true").ExitCode);
        Assert.Equal(0, _locks.Nslock("run", "-n", "-s", "main:b", "--", "true").ExitCode);
    }

    [SkippableFact]
    public void The_lock_is_kept_until_the_command_has_ended_and_not_for_what_it_left_behind()
    {
        using var running = _locks.Start("run", "--exclusive", "main:a", "--", "sh", "-c", "sh -c 'read line' <&0 & echo left");
        running.WaitForLine("left");
        Assert.Equal(0, running.WaitForExitCode());
        Assert.Equal(0, _locks.Nslock("run", "-n", "-x", "main:a", "--", "true").ExitCode);
    }

    [SkippableFact]
    public void The_flock_program_and_nslock_keep_each_other_out()
    {
        _locks.Make("main:a/b");
        using (var flock = _locks.StartFlock("--exclusive", _locks.LockFileOf("main", "a")))
        {
            var refused = _locks.Nslock("run", "-n", "-s", "main:a/b", "--", "true");
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains($"as 'a' is locked by process {flock.Id} (", refused.Error);
            Assert.Equal(0, flock.Finish().ExitCode);
        }
        using var holder = _locks.StartHolder("-s", "main:a/b");
        Assert.Equal(0, Machine.Run("flock", "-n", "-s", _locks.LockFileOf("main", "a"), "true").ExitCode);
        Assert.Equal(1, Machine.Run("flock", "-n", "-x", _locks.LockFileOf("main", "a"), "true").ExitCode);
    }

    [SkippableFact]
    public void The_library_and_nslock_keep_each_other_out()
    {
        var manager = new NamespaceLockManager("main", new FileLockProvider(_locks.Path));
        using (var guard = manager.AcquireExclusive(BackupNamespace.Parse("a")))
            Assert.Contains($"process {Environment.ProcessId} (", _locks.Nslock("run", "-n", "-s", "main:a/b", "--", "true").Error);
        using var holder = _locks.StartHolder("-x", "main:a/b");
        var error = Assert.Throws<NamespaceLockedException>(() =>
        {
            using var guard = manager.AcquireShared(BackupNamespace.Parse("a/b"));
        });
        Assert.Equal(holder.Id, Assert.Single(error.Holders).ProcessId);
    }

    [SkippableFact]
    public void Waiting_for_the_nslock_around_it_is_warned_of()
    {
        using var holder = _locks.StartDetached(
            ["run", "-x", "main:a", "--", .. LockDirectoryOfTest.Command, "run", "-s", "main:a/b", "--", "echo", "never"]);
        var warning = holder.ReadErrorLine();
        holder.Signal("TERM");
        Assert.Contains($"Waiting for process {holder.Id} (", warning);
        Assert.Contains("neither will end", warning);
        var result = holder.WaitForExit();
        Assert.Equal((143, ""), (result.ExitCode, result.Output));
    }

    [SkippableFact]
    public void A_store_may_have_a_colon_in_its_name()
    {
        using var holder = _locks.StartHolder("-x", "pool:1:a/b");
        Assert.True(File.Exists(_locks.LockFileOf("pool:1", "a/b")));
        Assert.Equal(1, _locks.Nslock("run", "-n", "-s", "pool:1:a/b", "--", "true").ExitCode);
    }
}
