using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using NamespaceLocking;
using Spectre.Console;

namespace BackupServer;

/// <summary>Runs what a command does, with a log and progress bars, and writes its result.</summary>
internal static class TaskCommand
{
    /// <summary>What was asked for could not be done.</summary>
    public const int Failed = 1;

    /// <summary>It was done, but for what was skipped, or is corrupt.</summary>
    public const int Incomplete = 2;

    /// <summary>Somebody else holds a lock: it can be tried again later.</summary>
    public const int Refused = 3;

    /// <summary>Makes the command run a task in a datastore.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">The task.</param>
    /// <param name="json">How its result is written as JSON.</param>
    /// <param name="write">Writes it as text.</param>
    /// <param name="isComplete">Whether all was done.</param>
    public static void SetTask<T>(
        this Command command,
        Func<ParseResult, Datastore, TaskLog, T> run,
        JsonTypeInfo<T> json,
        Action<IAnsiConsole, T> write,
        Func<T, bool>? isComplete = null)
    {
        command.Options.Add(CommonOptions.Store);
        command.SetAction(parsed => Guarded(parsed, () =>
        {
            var store = parsed.OpenStore();
            var result = WithView(parsed, view =>
            {
                using var log = new TaskLog(store, NameOf(command), view);
                return run(parsed, store, log);
            });
            Results.Write(parsed, result, json, write);
            return isComplete is null || isComplete(result) ? 0 : Incomplete;
        }));
    }

    /// <summary>Runs an action, and says what it failed of.</summary>
    public static int Guarded(ParseResult parsed, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception refusal) when (refusal is NamespaceLockedException or BackupLockedException)
        {
            Results.WriteError(parsed, refusal.Message, isRefused: true);
            return Refused;
        }
        catch (Exception error) when (error is InvalidOperationException or InvalidDataException or FormatException or IOException
            or UnauthorizedAccessException or SnapshotNotFoundException or NamespaceNotFoundException)
        {
            Results.WriteError(parsed, error.Message, isRefused: false);
            return Failed;
        }
    }

    /// <summary>Progress bars for a person, lines for a file.</summary>
    private static T WithView<T>(ParseResult parsed, Func<ITaskView, T> run)
    {
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json || !AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected)
            return run(new LineView(Console.Error));
        return AnsiConsole.Progress().AutoClear(true).Start(context => run(new ProgressView(AnsiConsole.Console, context)));
    }

    private static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{parent.Name} {command.Name}" : command.Name;
}
