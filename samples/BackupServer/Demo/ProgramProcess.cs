using System.Diagnostics;

namespace BackupServer;

/// <summary>This program, once more, as another process.</summary>
internal sealed class ProgramProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _output;
    private readonly TaskCompletionSource _firstLine = new();

    public ProgramProcess(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            arguments = [Environment.GetCommandLineArgs()[0], .. arguments];
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _output = Task.WhenAll(CollectAsync(_process.StandardOutput), CollectAsync(_process.StandardError));
    }

    public int Id => _process.Id;

    /// <summary>What it backs up.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>What it has written, once it has ended.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Waits until it says something: a backup does so when it holds its locks.</summary>
    public void WaitForFirstLine() => Task.WaitAny(_firstLine.Task, _output);

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public int Finish()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _output.Wait();
        return _process.ExitCode;
    }

    /// <summary>As <c>kill -9</c> does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task CollectAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
                _lines.Add(line);
            _firstLine.TrySetResult();
        }
    }
}
