using System.CommandLine;

namespace NamespaceLocking.Tool;

/// <summary><c>nslock run</c>: flock(1) for namespaces.</summary>
internal static class RunCommand
{
    private const string Description = """
        Runs a command while a namespace is locked.

          nslock run --shared STORE:a/b -- COMMAND [ARGUMENT...]
          nslock run --exclusive STORE:a/b [--exclusive STORE:c] -- COMMAND [ARGUMENT...]

        A shared lock on a/b is for work in a/b, beside others. An exclusive one is for
        changing a/b itself: nobody else is at it or below it. Both hold the namespaces
        above shared. The lock is kept until the command has ended. If nslock is killed
        by SIGKILL, the kernel gives it back at once, and the command goes on without it.

        An exclusive lock may be on two namespaces of one store, which are taken at one
        moment. More cannot be had: locks taken one after another could wait for each
        other for ever. Lock a namespace above all of them instead.

        The exit code is the command's own, 128 and the number of the signal that ended
        it, 127 where there is no such command, and 126 where it cannot be executed. The
        others are those of flock(1): 1 where the lock is not granted in time, 64 where
        nslock is used wrongly, 66, 69, 71 and 73 where the lock files fail.
        """;

    /// <param name="command">What stood after <c>--</c>; null where that was missing.</param>
    internal static Command Create(string[]? command)
    {
        var shared = Target("--shared", "-s", "Lock this namespace for work in it. STORE: is the root.");
        var exclusive = Target("--exclusive", "-x", "Lock this namespace and all below it. May be given twice.");
        var directory = DirectoryOption.Create();
        var wait = new Option<TimeSpan?>("--wait", "-w", "--timeout")
        {
            HelpName = "TIME",
            Description = "Fail if the lock is not granted within so many seconds, or 500ms, 30s, 5m, 2h. Otherwise wait for ever.",
            CustomParser = result => ArgumentReader.Read<TimeSpan?>(result, text => Duration.Parse(text)),
        };
        var nonblock = new Option<bool>("--nonblock", "-n", "--nb")
        {
            Description = "Fail at once if the lock is not free, as with --wait 0.",
        };
        var conflict = new Option<int>("--conflict-exit-code", "-E")
        {
            HelpName = "NUMBER",
            Description = "The exit code when the lock is not granted in time, 0 to 255.",
            CustomParser = result => ArgumentReader.Read(result, ParseExitCode),
            DefaultValueFactory = _ => ExitCode.Conflict,
        };

        var run = new Command("run", Description) { shared, exclusive, directory, wait, nonblock, conflict };
        // There are none, but the usage line says then that something follows after "--".
        run.TreatUnmatchedTokensAsErrors = false;
        run.SetAction(parsed =>
        {
            var (toShare, toExclude) = (parsed.GetValue(shared) ?? [], parsed.GetValue(exclusive) ?? []);
            var error = parsed.UnmatchedTokens is [var word, ..]
                ? $"{Quoted.Text(word)} is no option: the command and its arguments come after '--'."
                : command is not [_, ..] ? "There is no command: write it after '--'."
                : parsed.GetValue(wait) is not null && parsed.GetValue(nonblock)
                    ? "--wait and --nonblock contradict each other: give one of them."
                : FindError(toShare, toExclude);
            if (error is not null)
                throw ToolException.Usage(error, run.Name);
            LockTarget[] targets = [.. toShare, .. toExclude];
            return new LockedRun(
                DirectoryOption.Resolve(parsed.GetValue(directory)),
                toShare.Length > 0 ? LockMode.Shared : LockMode.Exclusive,
                targets[0],
                targets.ElementAtOrDefault(1)?.Namespace,
                parsed.GetValue(nonblock) ? TimeSpan.Zero : parsed.GetValue(wait) ?? Timeout.InfiniteTimeSpan,
                parsed.GetValue(conflict)).Run(command!);
        });
        return run;
    }

    private static Option<LockTarget[]> Target(string name, string alias, string description) => new(name, alias)
    {
        HelpName = "STORE:NS",
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result => ArgumentReader.ReadAll(result, LockTarget.Parse),
    };

    private static string? FindError(LockTarget[] shared, LockTarget[] exclusive) => (shared, exclusive) switch
    {
        ([], []) => "There is nothing to lock: give --shared STORE:a/b or --exclusive STORE:a/b.",
        ([_], []) or ([], [_]) => null,
        ([], [var first, var second]) => first.Store == second.Store ? null
            : $"{Quoted.Text(first.ToString())} and {Quoted.Text(second.ToString())} are of two stores, whose locks cannot be taken at one "
                + "moment: taken one after another, they could wait for others for ever.",
        _ => "Too many locks: one --shared, one --exclusive, or two --exclusive of one store can be taken at one moment. "
            + "Lock a namespace that lies above all of them.",
    };

    private static int ParseExitCode(string text) =>
        byte.TryParse(text, out var code)
            ? code
            : throw new FormatException($"{Quoted.Text(text)} is not an exit code: write a number from 0 to 255.");
}
