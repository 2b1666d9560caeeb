using System.CommandLine;
using Spectre.Console;

namespace BackupServer;

/// <summary>tape write, restore, list.</summary>
internal static class TapeCommands
{
    private static readonly Option<string> Media = new("--media") { Description = "The directory of the media set.", Required = true };

    public static Command Create() => new("tape", "A tape library in a directory.") { CreateWrite(), CreateRestore(), CreateList() };

    private static Command CreateWrite()
    {
        var capacity = new Option<long>("--capacity") { Description = "How many bytes go on a tape.", DefaultValueFactory = _ => 1L << 30 };
        var command = new Command("write", "Writes snapshots to a new media set.") { Media, capacity, CommonOptions.Namespace, CommonOptions.MaxDepth };
        command.SetTask(
            (parsed, store, log) =>
            {
                var directory = parsed.GetRequiredValue(Media);
                if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
                    throw new InvalidOperationException($"'{directory}' is not empty: a media set is written to a directory that is empty or not there.");
                Directory.CreateDirectory(directory);
                using var drive = new TapeDrive(new(directory), parsed.GetValue(capacity));
                return new TapeWrite(store, drive, log).Run(parsed.GetNamespace(), parsed.GetValue(CommonOptions.MaxDepth));
            },
            ResultJson.Default.TapeResult,
            (console, result) => console.WriteLine($"{result.Snapshots} snapshots and {result.Chunks} chunks are on {result.Tapes} tapes, "
                + $"{result.Skipped} snapshots were skipped."),
            result => result.Skipped == 0);
        return command;
    }

    private static Command CreateRestore()
    {
        var snapshots = new Option<string[]>("--snapshot")
        {
            Description = "[NS:]TYPE/ID/TIME on the tapes, one or more; all, if left out.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("restore", "Brings snapshots back from a media set.") { Media, snapshots, CommonOptions.Namespace, CommonOptions.User };
        command.SetTask(
            (parsed, store, log) =>
            {
                var media = new MediaSet(parsed.GetRequiredValue(Media));
                var restore = new TapeRestore(store, media, parsed.GetNamespace(), parsed.GetRequiredValue(CommonOptions.User), log);
                return parsed.GetValue(snapshots) is { Length: > 0 } list ? restore.RestoreList([.. list.Select(Parse)]) : restore.RestoreArchive();
            },
            ResultJson.Default.TapeResult,
            (console, result) => console.WriteLine($"{result.Snapshots} snapshots are restored from {result.Tapes} tapes, {result.Skipped} were skipped."),
            result => result.Skipped == 0);
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Lists the snapshots on a media set.") { Media };
        command.SetAction(parsed => TaskCommand.Guarded(parsed, () =>
        {
            Results.Write(parsed, TapeList.Run(new(parsed.GetRequiredValue(Media))), ResultJson.Default.IReadOnlyListTapeContent, (console, result) =>
            {
                var table = Results.Table("namespace", "snapshot");
                foreach (var content in result)
                    table.Add(Results.Namespace(content.Namespace), content.Snapshot);
                console.Write(table);
            });
            return 0;
        }));
        return command;
    }

    private static Snapshot Parse(string text)
    {
        // A time has colons, too, but behind the first '/'.
        var mark = text.IndexOf(':');
        var group = mark < 0 ? -1 : text.IndexOf("/", mark, StringComparison.Ordinal);
        var hasNamespace = mark >= 0 && group > mark && BackupGroup.FindType(text[(mark + 1)..group]) is not null;
        return Snapshot.Parse(NamespaceLocking.BackupNamespace.Parse(hasNamespace ? text[..mark] : ""), hasNamespace ? text[(mark + 1)..] : text);
    }
}
