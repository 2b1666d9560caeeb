namespace NamespaceLocking.Tool.Tests;

/// <summary>A lock directory of one test's own, and nslock on it.</summary>
internal sealed class LockDirectoryOfTest : IDisposable
{
    internal const UnixFileMode All =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _folder;

    internal LockDirectoryOfTest()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Lock files need Linux.");
        _folder = Directory.CreateTempSubdirectory("nslock-").FullName;
        Path = System.IO.Path.Combine(_folder, "locks");
    }

    /// <summary>Not there until something is locked.</summary>
    internal string Path { get; }

    /// <summary>The tool in the words of a command line.</summary>
    internal static IReadOnlyList<string> Command { get; } =
    [
        // The tests run in dotnet or, in some runners, in a program of their own.
        System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet",
        typeof(LockTarget).Assembly.Location,
    ];

    internal Result Nslock(params IEnumerable<string> arguments) => NslockWith([], arguments);

    internal Result NslockWith(IEnumerable<(string Name, string? Value)> environment, params IEnumerable<string> arguments)
    {
        using var running = StartWith(environment, [.. Command, .. arguments]);
        return running.Finish();
    }

    internal RunningProgram Start(params IEnumerable<string> arguments) => StartWith([], [.. Command, .. arguments]);

    /// <summary>Starts it with no signal ignored, and no terminal, however the tests were started.</summary>
    internal RunningProgram StartDetached(params IEnumerable<string> arguments) =>
        StartWith([], [Machine.Require("setsid"), Machine.Require("env"), "--default-signal", .. Command, .. arguments]);

    /// <summary>Runs it without root's rights, to which nothing is closed.</summary>
    internal Result NslockAsAnotherUser(params IEnumerable<string> arguments)
    {
        if (!Environment.IsPrivilegedProcess)
            return Nslock(arguments);
        File.SetUnixFileMode(_folder, All);
        string[] asNobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
        var trial = Machine.Run("setpriv", [.. asNobody, .. Command, "--version"]);
        Skip.If(trial.ExitCode != 0, $"Another user cannot start the tool here: {trial.Error}");
        return Machine.Run("setpriv", [.. asNobody, .. Command, .. arguments]);
    }

    /// <summary>Lets everybody use what is there.</summary>
    internal void OpenToAll(params IEnumerable<string> paths)
    {
        foreach (var path in paths)
            File.SetUnixFileMode(System.IO.Path.Combine(Path, path), All);
    }

    /// <summary>Starts it, and waits until its command runs, which ends with its standard input.</summary>
    internal RunningProgram StartHolder(params IEnumerable<string> options)
    {
        var holder = Start(["run", .. options, "--", "sh", "-c", "echo held; exec cat"]);
        holder.WaitForLine("held");
        return holder;
    }

    /// <summary>Starts flock(1) on a namespace's lock file, and waits until it holds it.</summary>
    internal RunningProgram StartFlock(string how, string file)
    {
        var flock = Machine.Start("flock", how, "--nonblock", file, "sh", "-c", "echo held; exec cat");
        flock.WaitForLine("held");
        return flock;
    }

    /// <summary>Makes the lock files of a namespace and those above it.</summary>
    internal void Make(string target) => Assert.Equal(0, Nslock("run", "--exclusive", target, "--", "true").ExitCode);

    /// <summary>By the scheme as it is written down, not by the library's own code.</summary>
    internal string LockFileOf(string store, string ns) => System.IO.Path.Combine(Path, store, ns.Replace('/', ':'), ".ns-lock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RunningProgram StartWith(IEnumerable<(string Name, string? Value)> environment, IReadOnlyList<string> command) =>
        new(command[0], command.Skip(1), [(DirectoryOption.Variable, Path), .. environment]);
}
