using System.CommandLine;
using Spectre.Console;

namespace BackupServer;

internal static class InitCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("directory") { Description = "A directory that is empty or not there." };
        var name = new Option<string>("--name") { Description = "What its locks are kept by.", DefaultValueFactory = _ => "store" };
        var sync = new Option<SyncLevel>("--sync-level") { Description = "What is forced to disk before a snapshot counts as complete." };
        var command = new Command("init", "Makes a datastore.") { directory, name, sync };
        command.SetAction(parsed => TaskCommand.Guarded(parsed, () =>
        {
            var store = Datastore.Create(parsed.GetRequiredValue(directory), new(parsed.GetRequiredValue(name), parsed.GetValue(sync)));
            var done = new DoneResult($"Datastore '{store.Name}' is made.");
            Results.Write(parsed, done, ResultJson.Default.DoneResult, (console, result) => console.WriteLine(result.Done));
            return 0;
        }));
        return command;
    }
}
