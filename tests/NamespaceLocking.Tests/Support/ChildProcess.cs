using System.Diagnostics;

namespace NamespaceLocking.Tests;

/// <summary>Another process, killed at the latest when it is disposed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(string program, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The helper program of the tests, in the words of a command line.</summary>
    public static IReadOnlyList<string> HelperCommand { get; } =
    [
        // The tests run in dotnet or, in some runners, in a program of their own.
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet",
        typeof(TestProcess.SectionLog).Assembly.Location,
    ];

    /// <summary>Starts the helper program of the tests.</summary>
    public static ChildProcess StartHelper(params IEnumerable<string> arguments) =>
        new(HelperCommand[0], [.. HelperCommand.Skip(1), .. arguments]);

    /// <summary>Starts the helper, and waits until it holds the lock.</summary>
    public static ChildProcess StartHolder(string directory, string store, BackupNamespace ns, LockMode mode)
    {
        var holder = StartHelper("hold", directory, store, ns.ToString(), mode.ToString());
        holder.WaitForLine("held");
        return holder;
    }

    /// <summary>Starts a program of the machine; the test is skipped, with that reason, where it is not installed.</summary>
    public static ChildProcess StartProgram(string program, params IEnumerable<string> arguments)
    {
        Skip.IfNot(IsInstalled(program), $"{program} is not installed, or not on the PATH.");
        return new(program, arguments);
    }

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    public void WaitForLine(string line)
    {
        var read = _process.StandardOutput.ReadLine();
        if (read != line)
            throw new InvalidOperationException($"The child process was to say '{line}', but said '{read}' (null: it ended).");
    }

    /// <summary>Ends its standard input, and waits for it to exit.</summary>
    public int Finish()
    {
        _process.StandardInput.Close();
        return WaitForExit();
    }

    public int WaitForExit()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing of the process's own gets to run. Waits until the kernel has taken back what it had.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
