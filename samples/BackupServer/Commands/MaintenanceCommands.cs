using System.CommandLine;
using Spectre.Console;

namespace BackupServer;

/// <summary>verify, prune, gc.</summary>
internal static class MaintenanceCommands
{
    public static Command CreateVerify()
    {
        var command = new Command("verify", "Reads every chunk of every snapshot.") { CommonOptions.Namespace, CommonOptions.MaxDepth };
        command.SetTask(
            (parsed, store, log) => new Verify(store, log).Run(parsed.GetNamespace(), parsed.GetValue(CommonOptions.MaxDepth)),
            ResultJson.Default.VerifyResult,
            (console, result) =>
            {
                console.WriteLine($"{result.Verified} snapshots are good, {result.Skipped} were skipped, {result.Corrupt.Count} faults were found.");
                if (result.Corrupt.Count == 0)
                    return;
                var table = Results.Table("namespace", "snapshot", "archive", "fault");
                foreach (var fault in result.Corrupt)
                    table.Add(Results.Namespace(fault.Namespace), fault.Snapshot, fault.Archive ?? "", fault.Fault);
                console.Write(table);
            },
            result => result is { Skipped: 0, Corrupt.Count: 0 });
        return command;
    }

    public static Command CreatePrune()
    {
        var last = Keep("last", "snapshots");
        var hourly = Keep("hourly", "hours");
        var daily = Keep("daily", "days");
        var weekly = Keep("weekly", "weeks");
        var monthly = Keep("monthly", "months");
        var yearly = Keep("yearly", "years");
        var trial = new Option<bool>("--dry-run") { Description = "Says what would be removed." };
        var command = new Command("prune", "Removes snapshots that are too many.")
        {
            last, hourly, daily, weekly, monthly, yearly, trial, CommonOptions.Namespace, CommonOptions.MaxDepth,
        };
        command.SetTask(
            (parsed, store, log) =>
            {
                var retention = new Retention(parsed.GetValue(last), parsed.GetValue(hourly), parsed.GetValue(daily),
                    parsed.GetValue(weekly), parsed.GetValue(monthly), parsed.GetValue(yearly));
                return Prune.Run(store, parsed.GetNamespace(), parsed.GetValue(CommonOptions.MaxDepth), retention, parsed.GetValue(trial), log);
            },
            ResultJson.Default.PruneResult,
            (console, result) =>
            {
                var table = Results.Table("snapshot", "");
                foreach (var removed in result.Removed)
                    table.Add(removed, "removed");
                foreach (var kept in result.Kept)
                    table.Add(kept, "kept");
                console.Write(table);
                console.WriteLine($"{result.Removed.Count} removed, {result.Kept.Count} kept, {result.Skipped} groups skipped.");
            },
            result => result.Skipped == 0);
        return command;

        static Option<int> Keep(string name, string what) => new($"--keep-{name}") { Description = $"Of how many {what} the last snapshot is kept." };
    }

    public static Command CreateCollect()
    {
        var margin = new Option<double>("--margin")
        {
            Description = "Seconds for which a chunk is kept beyond what is needed, should the clock be set back.",
            DefaultValueFactory = _ => 300,
        };
        var command = new Command("gc", "Removes chunks that no snapshot needs.") { margin };
        command.SetTask(
            (parsed, store, log) => new CollectGarbage(store, TimeSpan.FromSeconds(parsed.GetValue(margin)), log).Run(),
            ResultJson.Default.CollectionResult,
            (console, result) => console.WriteLine($"{result.Removed} chunks are removed ({Results.Size(result.RemovedBytes)}), {result.Kept} are kept, "
                + $"{result.Used} of these are used. {result.Missing} are missing."),
            result => result.Missing == 0);
        return command;
    }
}
