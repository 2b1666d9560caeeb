using System.CommandLine;
using Spectre.Console;

namespace BackupServer;

/// <summary>restore, list, show, protect.</summary>
internal static class SnapshotCommands
{
    public static Command CreateRestore()
    {
        var archive = new Argument<string>("archive") { Description = "The archive, such as root.tar." };
        var target = new Argument<string>("target") { Description = "The directory, or the file, that it becomes." };
        var command = new Command("restore", "Gives an archive back.") { CommonOptions.Snapshot, archive, target, CommonOptions.Namespace };
        command.SetTask(
            (parsed, store, log) =>
            {
                var size = Restore.Run(store, parsed.GetSnapshot(), parsed.GetRequiredValue(archive), parsed.GetRequiredValue(target), log);
                return new DoneResult($"{parsed.GetRequiredValue(archive)} is restored: {Results.Size(size)}.");
            },
            ResultJson.Default.DoneResult,
            (console, result) => console.WriteLine(result.Done));
        return command;
    }

    public static Command CreateList()
    {
        var command = new Command("list", "Lists snapshots.") { CommonOptions.Namespace, CommonOptions.MaxDepth };
        command.SetTask(
            (parsed, store, log) => List.Run(store, parsed.GetNamespace(), parsed.GetValue(CommonOptions.MaxDepth), log),
            ResultJson.Default.IReadOnlyListSnapshotInfo,
            (console, result) =>
            {
                var table = Results.Table("namespace", "snapshot", "owner", "size", "protected", "archives");
                foreach (var snapshot in result)
                {
                    table.Add(Results.Namespace(snapshot.Namespace), snapshot.Snapshot, snapshot.Owner, Results.Size(snapshot.Size),
                        snapshot.IsProtected ? "yes" : "", string.Join(", ", snapshot.Archives));
                }
                console.Write(table);
            });
        return command;
    }

    public static Command CreateShow()
    {
        var command = new Command("show", "Says what a snapshot consists of.") { CommonOptions.Snapshot, CommonOptions.Namespace };
        command.SetTask(
            (parsed, store, log) => Show.Run(store, parsed.GetSnapshot()),
            ResultJson.Default.SnapshotDetails,
            (console, result) =>
            {
                console.WriteLine($"{result.Snapshot} in {Results.Namespace(result.Namespace)}, of {result.Owner}{(result.IsProtected ? ", protected" : "")}");
                var table = Results.Table("archive", "size", "chunks", "distinct", "digest of the index");
                foreach (var archive in result.Archives)
                    table.Add(archive.Name, Results.Size(archive.Size), $"{archive.Chunks}", $"{archive.DistinctChunks}", archive.IndexDigest[..16]);
                console.Write(table);
            });
        return command;
    }

    public static Command CreateProtect()
    {
        var off = new Option<bool>("--off") { Description = "Takes the mark away." };
        var command = new Command("protect", "Marks a snapshot as one that nothing removes.") { CommonOptions.Snapshot, CommonOptions.Namespace, off };
        command.SetTask(
            (parsed, store, log) =>
            {
                var snapshot = parsed.GetSnapshot();
                Protect.Run(store, snapshot, !parsed.GetValue(off));
                return new DoneResult($"{snapshot} is {(parsed.GetValue(off) ? "not protected any more" : "protected")}.");
            },
            ResultJson.Default.DoneResult,
            (console, result) => console.WriteLine(result.Done));
        return command;
    }
}
