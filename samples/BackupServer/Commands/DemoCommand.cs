using System.CommandLine;
using Spectre.Console;

namespace BackupServer;

internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command("demo", "Runs several of these as processes at once, in a temporary folder, and shows who is refused and why.");
        command.SetAction(parsed => TaskCommand.Guarded(parsed, () =>
        {
            using var script = new DemoScript(AnsiConsole.Console);
            return script.Run() ? 0 : TaskCommand.Failed;
        }));
        return command;
    }
}
