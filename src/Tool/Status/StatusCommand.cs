using System.CommandLine;

namespace NamespaceLocking.Tool;

/// <summary><c>nslock status</c>: who holds what.</summary>
internal static class StatusCommand
{
    private const string Description = """
        Tells which namespaces and backups are locked, how, and by whom.

        With a namespace: what is held there, below it and above it. A process that holds
        a namespace holds all above it shared. Groups, snapshots and manifests are shown
        below the namespace that they are in.

        The kernel keeps no time for a lock: what is shown is when the process started.
        Those who wait are seen if they wait in the kernel, as flock(1) does. nslock and
        the library ask again and again instead, and are not seen.
        """;

    internal static Command Create()
    {
        var target = new Argument<(string Store, BackupNamespace? Namespace)?>("STORE[:NS]")
        {
            Description = "A store, or a namespace of it. Otherwise all stores.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => ArgumentReader.Read<(string, BackupNamespace?)?>(result, text => LockTarget.ParseStoreOrTarget(text)),
        };
        var directory = DirectoryOption.Create();
        var output = OutputOption.Create();
        var watch = new Option<TimeSpan?>("--watch")
        {
            HelpName = "TIME",
            Description = "Show it every 2 seconds, or as often as is said, until Ctrl-C.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0
                ? StatusWatch.DefaultInterval
                : ArgumentReader.Read<TimeSpan?>(result, ParseInterval),
        };
        var status = new Command("status", Description) { target, directory, output, watch };
        status.SetAction(parsed =>
        {
            var path = DirectoryOption.ResolveExisting(parsed.GetValue(directory));
            var (store, ns) = parsed.GetValue(target) ?? (null, null);
            if (store is not null)
                StoreDirectoryOf.Require(path, store);
            var format = OutputOption.Resolve(parsed.GetValue(output));
            StatusSnapshot Take() => StatusSnapshot.Take(path, store, ns);
            if (parsed.GetResult(watch) is { Implicit: false })
                return StatusWatch.Run(Take, format, parsed.GetValue(watch) ?? StatusWatch.DefaultInterval);
            var snapshot = Take();
            StatusWriter.Write(snapshot, format);
            foreach (var unreadable in snapshot.Unreadable)
                Console.Error.WriteLine($"nslock: {Quoted.Path(unreadable)} cannot be read by this user: locks in it are not shown.");
            return ExitCode.Success;
        });
        return status;
    }

    private static TimeSpan? ParseInterval(string text)
    {
        var interval = Duration.Parse(text);
        return interval > TimeSpan.Zero
            ? interval
            : throw new FormatException($"{Quoted.Text(text)} is no time to wait between two looks.");
    }
}
