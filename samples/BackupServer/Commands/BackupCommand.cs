using System.CommandLine;
using Spectre.Console;

namespace BackupServer;

internal static class BackupCommand
{
    public static Command Create()
    {
        var group = new Argument<string>("group") { Description = "TYPE/ID, such as host/web1." };
        var sources = new Argument<BackupSource[]>("source")
        {
            Description = "NAME.tar:DIRECTORY, NAME.img:FILE or NAME.img:- for the standard input; one or more.",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => ParseAll(result),
        };
        var time = new Option<string>("--time") { Description = "The snapshot's time in UTC; now, if left out." };
        var command = new Command("backup", "Takes a snapshot.") { group, sources, CommonOptions.Namespace, time, CommonOptions.User };
        command.SetTask(
            (parsed, store, log) =>
            {
                var at = parsed.GetValue(time) is { } text ? Snapshot.ParseTime(text) : Snapshot.Now();
                var snapshot = BackupGroup.Parse(parsed.GetNamespace(), parsed.GetRequiredValue(group)).At(at);
                return Backup.Run(store, snapshot, parsed.GetRequiredValue(CommonOptions.User), parsed.GetRequiredValue(sources), log);
            },
            ResultJson.Default.BackupResult,
            (console, result) =>
            {
                console.WriteLine($"Snapshot {result.Snapshot} is complete.");
                var table = Results.Table("archive", "size", "chunks", "unchanged", "reused", "added on disk");
                foreach (var archive in result.Archives)
                {
                    table.Add(archive.Name, Results.Size(archive.Size), $"{archive.Chunks}", $"{archive.Unchanged}", $"{archive.Reused}",
                        Results.Size(archive.Added));
                }
                console.Write(table);
            });
        return command;
    }

    private static BackupSource[]? ParseAll(System.CommandLine.Parsing.ArgumentResult result)
    {
        try
        {
            return [.. result.Tokens.Select(token => BackupSource.Parse(token.Value))];
        }
        catch (FormatException error)
        {
            result.AddError(error.Message);
            return null;
        }
    }
}
