using System.Diagnostics;

namespace NamespaceLocking.Tool.Tests;

/// <summary>A program with pipes to it, killed at the latest when it is disposed.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly TaskCompletionSource<string> _firstErrorLine = new();

    internal RunningProgram(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string? Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _error = ReadErrorAsync();
    }

    internal int Id => _process.Id;

    internal StreamWriter Input => _process.StandardInput;

    internal bool HasExited => _process.HasExited;

    internal string ReadLine() => ReadLineOrEnd() ?? throw new InvalidOperationException($"It ended, and said: {_error.Result}");

    internal string? ReadLineOrEnd() => _process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult();

    internal void WaitForLine(string line)
    {
        while (ReadLine() != line) { }
    }

    /// <summary>Ends its standard input, and reads what it still says.</summary>
    internal Result Finish()
    {
        _process.StandardInput.Close();
        return WaitForExit();
    }

    /// <summary>The first line of its standard error; empty where it ends without one.</summary>
    internal string ReadErrorLine() => _firstErrorLine.Task.WaitAsync(Patience).GetAwaiter().GetResult();

    internal Result WaitForExit()
    {
        var output = _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience).GetAwaiter().GetResult();
        Assert.True(_process.WaitForExit(Patience), "It does not end.");
        return new(_process.ExitCode, output, _error.WaitAsync(Patience).GetAwaiter().GetResult());
    }

    /// <summary>Waits for the process alone: a child of it may still have its pipes.</summary>
    internal int WaitForExitCode()
    {
        Assert.True(_process.WaitForExit(Patience), "It does not end.");
        return _process.ExitCode;
    }

    private async Task<string> ReadErrorAsync()
    {
        var first = await _process.StandardError.ReadLineAsync();
        _firstErrorLine.SetResult(first ?? "");
        return first is null ? "" : first + '\n' + await _process.StandardError.ReadToEndAsync();
    }

    internal void Signal(string name) => Machine.Run("kill", $"-{name}", Id.ToString());

    internal void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}

/// <summary>How a program ended, and what it said.</summary>
internal sealed record Result(int ExitCode, string Output, string Error)
{
    internal string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
