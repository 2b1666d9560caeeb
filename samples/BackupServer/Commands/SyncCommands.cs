using System.CommandLine;
using NamespaceLocking;
using Spectre.Console;

namespace BackupServer;

/// <summary>pull, push.</summary>
internal static class SyncCommands
{
    private static readonly Option<GroupFilter[]> Filter = new("--filter")
    {
        Description = "type:host, group:vm/100 or regex:PATTERN; several are alternatives.",
        CustomParser = result =>
        {
            try
            {
                return [.. result.Tokens.Select(token => GroupFilter.Parse(token.Value))];
            }
            catch (FormatException error)
            {
                result.AddError(error.Message);
                return null;
            }
        },
    };

    private static readonly Option<bool> RemoveVanished = new("--remove-vanished") { Description = "Removes what the source does not have any more." };
    private static readonly Option<BackupNamespace> RemoteNamespace =
        CommonOptions.NamespaceOption("--remote-ns", "The namespace over there; the root if left out.");

    public static Command CreatePull()
    {
        var remote = new Option<string>("--from") { Description = "The directory of the datastore that is copied.", Required = true };
        var command = new Command("pull", "Copies from another datastore.")
        {
            remote, RemoteNamespace, CommonOptions.Namespace, CommonOptions.MaxDepth, Filter, RemoveVanished, CommonOptions.User,
        };
        command.SetTask(
            (parsed, store, log) => new Pull(store, Datastore.Open(parsed.GetRequiredValue(remote)),
                Options(parsed, parsed.GetRequiredValue(RemoteNamespace), parsed.GetNamespace()), parsed.GetRequiredValue(CommonOptions.User), log).Run(),
            ResultJson.Default.SyncResult, Write, result => result.Skipped == 0);
        return command;
    }

    public static Command CreatePush()
    {
        var remote = new Option<string>("--to") { Description = "The directory of the datastore that is copied to.", Required = true };
        var command = new Command("push", "Copies to another datastore.")
        {
            remote, RemoteNamespace, CommonOptions.Namespace, CommonOptions.MaxDepth, Filter, RemoveVanished, CommonOptions.User,
        };
        command.SetTask(
            (parsed, store, log) => new Push(store, Datastore.Open(parsed.GetRequiredValue(remote)),
                Options(parsed, parsed.GetNamespace(), parsed.GetRequiredValue(RemoteNamespace)), parsed.GetRequiredValue(CommonOptions.User), log).Run(),
            ResultJson.Default.SyncResult, Write, result => result.Skipped == 0);
        return command;
    }

    private static SyncOptions Options(ParseResult parsed, BackupNamespace source, BackupNamespace target) => new(source, target)
    {
        MaxDepth = parsed.GetValue(CommonOptions.MaxDepth),
        RemoveVanished = parsed.GetValue(RemoveVanished),
        Filters = parsed.GetValue(Filter) ?? [],
    };

    private static void Write(IAnsiConsole console, SyncResult result) =>
        console.WriteLine($"{result.Snapshots} snapshots are copied, with {result.Chunks} chunks ({Results.Size(result.Bytes)}) that were not there; "
            + $"{result.Removed} snapshots are removed, {result.Skipped} times something was skipped.");
}
