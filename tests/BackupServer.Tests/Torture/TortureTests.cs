using System.Diagnostics;
using System.Globalization;
using NamespaceLocking;
using Xunit.Abstractions;

namespace BackupServer.Tests.Torture;

/// <summary>
/// All operations at random, several processes at once on two datastores, one in three killed at a random moment. What was reported as
/// complete, and not as removed, must be there in the end, and whole; and nothing may have run beside what rules it out.
/// </summary>
public class TortureTests(ITestOutputHelper output)
{
    private const int Workers = 4;

    private static readonly string[] NeverSaid = ["Unhandled", "   at ", "CORRUPT", "MISSING"];

    private static readonly string[] Tasks =
        ["backup", "prune", "pull", "push", "tape write", "tape restore", "namespace move", "namespace delete", "gc"];

    /// <summary>Some seconds; BACKUP_SERVER_TORTURE says how many, for a longer run.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("BACKUP_SERVER_TORTURE") ?? "15", CultureInfo.InvariantCulture));

    [Fact]
    public void Nothing_is_lost()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("BACKUP_SERVER_SEED") ?? $"{Random.Shared.Next()}", CultureInfo.InvariantCulture);
        output.WriteLine($"BACKUP_SERVER_SEED={seed} chooses the same operations, if not the same moments.");
        using var main = new TestStore();
        using var mirror = new TestStore("mirror", main);
        foreach (var store in new[] { main, mirror })
        {
            foreach (var ns in Operations.Namespaces)
                Directory.CreateDirectory(Path.Combine([store.Path, .. ns.Split('/').SelectMany(name => new[] { "ns", name })]));
        }
        var contents = MakeContents(main);
        var operations = new Operations(main, mirror, contents, seed);
        // On a machine under load, processes are killed before they have begun with anything: then they get more time, and another round.
        const int MostPatience = 16;
        for (var patience = 1; patience == 1 || (patience <= MostPatience && !new TaskLogs(main, mirror).ProveSomething); patience *= 2)
            WorkForAWhile(operations, patience);

        // Once with what is garbage, and once without.
        Check(main, mirror, contents);
        main.Run("gc", "--margin", "0").Succeeds();
        mirror.Run("gc", "--margin", "0").Succeeds();
        Check(main, mirror, contents);
    }

    private static void WorkForAWhile(Operations operations, int patience)
    {
        var clock = Stopwatch.StartNew();
        var unexpected = new List<string>();
        var workers = Enumerable.Range(0, Workers).Select(_ => new Thread(() => Work(operations, patience, clock, unexpected))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        Assert.True(unexpected.Count == 0, string.Join("\n\n", unexpected));
    }

    private static void Work(Operations operations, int patience, Stopwatch clock, List<string> unexpected)
    {
        while (clock.Elapsed < Duration)
        {
            var (arguments, kill) = operations.Next();
            using var process = Server.Start(arguments);
            var error = process.StandardError.ReadToEndAsync();
            var written = process.StandardOutput.ReadToEndAsync();
            if (kill is { } after && !process.WaitForExit(after * patience))
                process.Kill();
            process.WaitForExit();
            // Refused, or impossible here, as it often is; but never an exception that nobody expected, and never corrupt.
            var text = error.Result + written.Result;
            if (NeverSaid.Any(word => text.Contains(word, StringComparison.Ordinal)))
            {
                lock (unexpected)
                    unexpected.Add($"{string.Join(' ', arguments)}\n{text}");
            }
        }
    }

    private void Check(TestStore main, TestStore mirror, string contents)
    {
        var logs = new TaskLogs(main, mirror);
        Assert.True(logs.ProveSomething,
            $"{logs.Tasks} tasks, {logs.Killed} killed, {logs.Sections} sections: that is not enough to prove anything.");
        Assert.Empty(logs.FindOverlaps());
        var found = new Dictionary<(string Store, string Snapshot), int>();
        var checks = 0;
        foreach (var store in new[] { main, mirror })
        {
            store.Verify();
            var datastore = Datastore.Open(store.Path);
            AssertChunksAreThere(store);
            foreach (var snapshot in datastore.FindNamespaces(BackupNamespace.Root).SelectMany(datastore.FindGroups).SelectMany(datastore.FindSnapshots))
            {
                AssertRestores(store, datastore, snapshot, contents);
                found[(store.Name, snapshot.Name)] = found.GetValueOrDefault((store.Name, snapshot.Name)) + 1;
                checks++;
            }
        }
        foreach (var (store, snapshot, count) in logs.FindSurvivors())
        {
            var there = found.GetValueOrDefault((store, snapshot));
            Assert.True(there >= count, $"{snapshot} is there {there} times in '{store}', and not {count} times.");
        }
        output.WriteLine($"{logs.Tasks} tasks, of which {logs.Killed} were killed; {logs.Sections} sections; {checks} snapshots restored; "
            + string.Join(", ", Tasks.Select(task => $"{logs.Count(task)} {task}")));
    }

    /// <summary>By the files alone, without any code of the program but that which reads an index.</summary>
    private static void AssertChunksAreThere(TestStore store)
    {
        foreach (var path in Directory.GetFiles(store.Path, "*.idx", SearchOption.AllDirectories))
        {
            if (!File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "manifest.json")))
                continue;
            foreach (var name in SnapshotIndex.Parse(File.ReadAllBytes(path)).Chunks.Select(chunk => chunk.ToString()))
                Assert.True(File.Exists(Path.Combine(store.Path, ".chunks", name[..2], name[2..4], name)), $"Chunk {name} of {path} is missing.");
        }
    }

    private static void AssertRestores(TestStore store, Datastore datastore, Snapshot snapshot, string contents)
    {
        var target = store.PathOf("restored");
        using (var log = new TaskLog(datastore, "restore", new View()))
            Restore.Run(datastore, snapshot, "root.tar", target, log);
        Trees.AssertSame(Path.Combine(contents, $"{Operations.ContentOf(snapshot.Time)}"), target);
        Directory.Delete(target, recursive: true);
    }

    /// <summary>Directories that have much in common, so that their backups share chunks.</summary>
    private static string MakeContents(TestStore store)
    {
        for (var i = 0; i < Operations.Contents; i++)
        {
            for (var file = 0; file < 4; file++)
                store.MakeTree(Path.Combine("contents", $"{i}"), seed: file == 3 ? i : file, $"file {file}");
        }
        return store.PathOf("contents");
    }
}
