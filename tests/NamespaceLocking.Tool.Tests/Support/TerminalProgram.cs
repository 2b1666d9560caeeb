namespace NamespaceLocking.Tool.Tests;

/// <summary>nslock on a terminal, which script(1) makes.</summary>
internal sealed class TerminalProgram : IDisposable
{
    private readonly RunningProgram _script;

    private TerminalProgram(RunningProgram script) => _script = script;

    internal StreamWriter Input => _script.Input;

    internal static TerminalProgram Start(LockDirectoryOfTest locks, params IEnumerable<string> arguments)
    {
        var script = Machine.Require("script");
        var command = string.Join(' ', LockDirectoryOfTest.Command.Concat(arguments).Select(word => $"'{word.Replace("'", "'\\''")}'"));
        var started = new RunningProgram(
            Machine.Require("env"),
            ["--default-signal", script, "--quiet", "--return", "--command", $"stty cols 120 rows 30; exec {command}", "/dev/null"],
            [(DirectoryOption.Variable, locks.Path), ("TERM", "xterm-256color"), ("NO_COLOR", null), ("SHELL", "/bin/sh")]);
        started.Input.AutoFlush = true;
        return new(started);
    }

    internal void WaitForLine(string line)
    {
        // A terminal ends lines with both characters, and may show what was typed before.
        while (!_script.ReadLine().TrimEnd('\r').EndsWith(line, StringComparison.Ordinal)) { }
    }

    internal void WaitForText(string text, int times)
    {
        for (var i = 0; i < times; i++)
        {
            while (!_script.ReadLine().Contains(text, StringComparison.Ordinal)) { }
        }
    }

    internal Result WaitForExit() => _script.WaitForExit();

    public void Dispose() => _script.Dispose();
}
