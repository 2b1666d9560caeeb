using System.CommandLine;
using Spectre.Console;

namespace BackupServer;

/// <summary>namespace create, delete, list, move.</summary>
internal static class NamespaceCommands
{
    public static Command Create() => new("namespace", "Namespaces of a datastore.") { CreateCreate(), CreateDelete(), CreateList(), CreateMove() };

    private static Command CreateCreate()
    {
        var ns = CommonOptions.NamespaceArgument("ns", "The namespace; those above it are made as well.");
        var command = new Command("create", "Makes a namespace.") { ns };
        command.SetTask(
            (parsed, store, log) =>
            {
                NamespaceCreate.Run(store, parsed.GetRequiredValue(ns), log);
                return new DoneResult($"Namespace '{parsed.GetRequiredValue(ns)}' is made.");
            },
            ResultJson.Default.DoneResult,
            (console, result) => console.WriteLine(result.Done));
        return command;
    }

    private static Command CreateDelete()
    {
        var ns = CommonOptions.NamespaceArgument("ns", "The namespace.");
        var groups = new Option<bool>("--delete-groups") { Description = "Deletes the groups as well." };
        var command = new Command("delete", "Deletes a namespace and those below it.") { ns, groups };
        command.SetTask(
            (parsed, store, log) => NamespaceDelete.Run(store, parsed.GetRequiredValue(ns), parsed.GetValue(groups), log)
                ? new DoneResult($"Namespace '{parsed.GetRequiredValue(ns)}' is deleted.")
                : throw new InvalidOperationException($"Namespace '{parsed.GetRequiredValue(ns)}' is deleted but for what is protected."),
            ResultJson.Default.DoneResult,
            (console, result) => console.WriteLine(result.Done));
        return command;
    }

    private static Command CreateList()
    {
        var command = new Command("list", "Lists namespaces.") { CommonOptions.Namespace, CommonOptions.MaxDepth };
        command.SetTask(
            (parsed, store, log) => NamespaceList.Run(store, parsed.GetNamespace(), parsed.GetValue(CommonOptions.MaxDepth)),
            ResultJson.Default.IReadOnlyListNamespaceInfo,
            (console, result) =>
            {
                var table = Results.Table("namespace", "groups", "snapshots");
                foreach (var found in result)
                    table.Add(Results.Namespace(found.Namespace), $"{found.Groups}", $"{found.Snapshots}");
                console.Write(table);
            });
        return command;
    }

    private static Command CreateMove()
    {
        var source = CommonOptions.NamespaceArgument("source", "The namespace.");
        var target = CommonOptions.NamespaceArgument("target", "What it becomes; if it is there, the groups are merged.");
        var command = new Command("move", "Gives a namespace another place.") { source, target };
        command.SetTask(
            (parsed, store, log) => NamespaceMove.Run(store, parsed.GetRequiredValue(source), parsed.GetRequiredValue(target), log),
            ResultJson.Default.MoveResult,
            (console, result) => console.WriteLine($"{result.Groups} groups are moved; {result.Merged} snapshots went into groups that were there."));
        return command;
    }
}
