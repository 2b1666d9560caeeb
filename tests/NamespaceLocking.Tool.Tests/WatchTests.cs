using System.Text.Json;

namespace NamespaceLocking.Tool.Tests;

/// <summary>Status again and again.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly LockDirectoryOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [SkippableFact]
    public void In_a_pipe_it_shows_what_changed_and_ends_on_an_interrupt()
    {
        _locks.Make("main:a");
        using var watch = _locks.StartDetached("status", "--watch", "20ms", "--output", "json");
        Assert.Equal(0, Next());
        using (var holder = _locks.StartHolder("--shared", "main:a"))
        {
            while (Next() != 2) { }
            Assert.Equal(0, holder.Finish().ExitCode);
        }
        while (Next() != 0) { }
        watch.Signal("INT");
        Assert.Equal(0, watch.WaitForExit().ExitCode);

        int Next()
        {
            using var document = JsonDocument.Parse(watch.ReadLine());
            return document.RootElement.GetProperty("locks").GetArrayLength();
        }
    }

    [SkippableFact]
    public void Plain_snapshots_have_an_empty_line_between_them()
    {
        using var holder = _locks.StartHolder("--shared", "main:");
        using var watch = _locks.StartDetached("status", "--watch=20ms");
        for (var i = 0; i < 3; i++)
        {
            Assert.StartsWith("main:\tshared\theld\t", watch.ReadLine());
            Assert.Equal("", watch.ReadLine());
        }
        watch.Signal("INT");
        Assert.Equal(0, watch.WaitForExit().ExitCode);
    }

    [SkippableFact]
    public void It_ends_when_nobody_reads_any_more()
    {
        _locks.Make("main:a");
        var words = string.Join(' ', LockDirectoryOfTest.Command);
        var result = Machine.Run("sh", "-c", $"{words} status -d {_locks.Path} --watch 10ms -o json | head -n 1");
        Assert.Single(result.Lines);
    }

    [SkippableFact]
    public void Another_signal_ends_it_with_its_number()
    {
        _locks.Make("main:a");
        using var watch = _locks.StartDetached("status", "--watch", "--output", "json");
        watch.ReadLine();
        watch.Signal("TERM");
        Assert.Equal(143, watch.WaitForExit().ExitCode);
    }

    [SkippableFact]
    public void On_a_terminal_it_draws_over_itself_until_Ctrl_C()
    {
        using var holder = _locks.StartHolder("--exclusive", "main:a");
        using var terminal = TerminalProgram.Start(_locks, "status", "--watch", "20ms");
        // The last row of the table, twice.
        terminal.WaitForText("exclusive", times: 2);
        terminal.Input.Write('\x03');
        var result = terminal.WaitForExit();
        Assert.Equal(0, result.ExitCode);
        // The cursor is shown again.
        Assert.Contains("\x1b[?25h", result.Output);
    }
}
