namespace NamespaceLocking.Tool.Tests;

/// <summary>Signals are the command's business; the lock is kept until it has ended.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly LockDirectoryOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [SkippableTheory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("QUIT", 131)]
    [InlineData("USR1", 138)]
    [InlineData("USR2", 140)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_a_command_that_does_not_handle_it(string signal, int expected)
    {
        using var running = _locks.StartDetached("run", "--exclusive", "main:a", "--", "sh", "-c", "ulimit -c 0; echo ready; exec cat");
        running.WaitForLine("ready");
        running.Signal(signal);
        Assert.Equal(expected, running.WaitForExit().ExitCode);
    }

    [SkippableTheory]
    [InlineData("HUP")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    [InlineData("USR1")]
    [InlineData("USR2")]
    [InlineData("TERM")]
    public void A_command_that_handles_a_signal_goes_on_under_the_lock(string signal)
    {
        using var running = _locks.StartDetached(
            "run", "--exclusive", "main:a", "--",
            "sh", "-c", $"trap 'echo got {signal}' {signal}; echo ready; until read line; do :; done; echo $line; exit 5");
        running.WaitForLine("ready");
        running.Signal(signal);
        running.WaitForLine($"got {signal}");
        Assert.Equal(1, _locks.Nslock("run", "--nonblock", "--shared", "main:a", "--", "true").ExitCode);
        running.Input.WriteLine("end");
        var result = running.Finish();
        Assert.Equal((5, "end\n"), (result.ExitCode, result.Output));
    }

    [SkippableFact]
    public void A_signal_that_is_ignored_stays_ignored_for_the_command_too()
    {
        var words = string.Join(' ', LockDirectoryOfTest.Command);
        var script = $"trap '' HUP INT; exec {words} run -d {_locks.Path} -s main:a -- grep SigIgn /proc/self/status";
        var ignored = Convert.ToUInt64(Machine.Run("sh", "-c", script).Output.Split('\t')[1].Trim(), 16);
        Assert.Equal(0b11UL, ignored & 0b11);
    }

    [SkippableFact]
    public void A_signal_ends_the_wait_for_a_lock_and_the_command_never_runs()
    {
        using var holder = _locks.StartHolder("--exclusive", "main:a");
        using var waiting = _locks.StartDetached("run", "--shared", "main:a", "--", "echo", "never");
        waiting.Signal("TERM");
        var result = waiting.WaitForExit();
        Assert.Equal((143, ""), (result.ExitCode, result.Output));
        Assert.Equal(0, holder.Finish().ExitCode);
    }

    [SkippableFact]
    public void When_nslock_is_killed_the_lock_is_free_and_the_command_goes_on()
    {
        using var running = _locks.Start("run", "--exclusive", "main:a", "--", "sh", "-c", "echo $$; read line; echo $line");
        var command = running.ReadLine();
        Assert.Equal(1, _locks.Nslock("run", "--nonblock", "--shared", "main:a", "--", "true").ExitCode);
        running.Kill();
        Assert.Equal(137, running.WaitForExitCode());
        Assert.Equal(0, _locks.Nslock("run", "--nonblock", "--exclusive", "main:a", "--", "true").ExitCode);
        Assert.True(Directory.Exists($"/proc/{command}"));
        running.Input.WriteLine("still there");
        Assert.Equal("still there", running.ReadLine());
    }

    [SkippableFact]
    public void Ctrl_C_reaches_the_command_once()
    {
        using var terminal = TerminalProgram.Start(
            _locks, "run", "--exclusive", "main:a", "--",
            "sh", "-c", "trap 'echo interrupted' INT; echo ready; until read line; do :; done; echo \"got $line\"; exit 4");
        terminal.WaitForLine("ready");
        terminal.Input.Write('\x03');
        terminal.WaitForLine("interrupted");
        terminal.Input.WriteLine("end");
        var result = terminal.WaitForExit();
        Assert.DoesNotContain("interrupted", result.Output);
        Assert.Contains("got end", result.Output);
        Assert.Equal(4, result.ExitCode);
    }
}
