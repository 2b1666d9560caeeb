using System.Diagnostics;

namespace BackupServer.Tests;

/// <summary>A named pipe that a backup reads: it runs, with all its locks, until the test closes it. So no test has to wait for a moment.</summary>
internal sealed class Pipe(string path) : IDisposable
{
    /// <summary>As much as lies between two processes: what the pipe holds, what a reader has in hand, and what may be one chunk.</summary>
    public const int Lag = 64 * 1024 + 1024 * 1024 + 1024 * 1024;

    private FileStream? _stream;

    public string Path { get; } = Make(path);

    /// <summary>Returns when the reader has come, and holds what it holds before it reads.</summary>
    public void Open() => _stream = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    /// <summary>Returns when the reader has taken all but <see cref="Lag"/>.</summary>
    public void Write(ReadOnlySpan<byte> content) => _stream!.Write(content);

    public void Close() => _stream?.Dispose();

    public void Dispose() => Close();

    private static string Make(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
        return path;
    }
}
