using System.Diagnostics;

namespace NamespaceLocking.Benchmarks;

/// <summary>
/// All cases in under a minute: each for some milliseconds in turn, several rounds over, so that what else the machine does hits all
/// alike; of the rounds the fastest counts.
/// </summary>
internal static class QuickRun
{
    private const int Rounds = 5;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(40);

    internal static void Run()
    {
        Console.WriteLine("Depth 4, one namespace");
        PrintTable(depth: 4, count: 1, threads: 1);
        Console.WriteLine("Depth 4, one namespace, two threads: time of one of two that go on at the same time");
        PrintTable(depth: 4, count: 1, threads: 2);
        Console.WriteLine("By depth and number of namespaces: nanoseconds, and how many times as fast as the original");
        Console.WriteLine("| depth | namespaces | original | same held | sibling held | nothing held |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (depth, count) in new[] { (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (8, 1), (4, 1_000), (4, 50_000) })
            PrintRow(depth, count);
    }

    private static void PrintTable(int depth, int count, int threads)
    {
        using var scenarios = new Scenarios(depth, count);
        Func<Scenario>[] cases =
        [
            scenarios.Original, scenarios.HeldShared, scenarios.HeldSharedAsync, scenarios.SiblingHeld, scenarios.SiblingHeldExclusive,
            scenarios.NothingHeld, scenarios.KernelLimit, scenarios.Refused, scenarios.InProcess, scenarios.ReaderWriterLockSlims, scenarios.SemaphoreSlims,
            scenarios.DotNexts, scenarios.AsyncExs,
        ];
        if (threads > 1)
            cases = [scenarios.Original, scenarios.HeldShared, scenarios.SiblingHeld, scenarios.NothingHeld, scenarios.InProcess, scenarios.ReaderWriterLockSlims];
        var results = Measure(cases, threads);
        Console.WriteLine("| | ns | times as fast | bytes |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var result in results)
            Console.WriteLine($"| {result.Name} | {result.Nanoseconds:0} | {results[0].Nanoseconds / result.Nanoseconds:0.0} | {result.Bytes} |");
        Console.WriteLine();
    }

    private static void PrintRow(int depth, int count)
    {
        using var scenarios = new Scenarios(depth, count);
        var results = Measure([scenarios.Original, scenarios.HeldShared, scenarios.SiblingHeld, scenarios.NothingHeld], threads: 1);
        var cells = results.Skip(1).Select(result => $"{result.Nanoseconds:0} ({results[0].Nanoseconds / result.Nanoseconds:0.0}×)");
        Console.WriteLine($"| {depth} | {count:N0} | {results[0].Nanoseconds:0} | {string.Join(" | ", cells)} |");
    }

    private static List<Result> Measure(IReadOnlyList<Func<Scenario>> cases, int threads)
    {
        var best = new Result[cases.Count];
        for (var round = 0; round <= Rounds; round++)
        {
            for (var i = 0; i < cases.Count; i++)
            {
                using var scenario = cases[i]();
                var result = MeasureOnce(scenario, threads);
                // The first round compiles.
                if (round == 1 || (round > 1 && result.Nanoseconds < best[i].Nanoseconds))
                    best[i] = result;
            }
        }
        return [.. best];
    }

    private static Result MeasureOnce(Scenario scenario, int threads)
    {
        if (threads == 1)
            return Loop(scenario, 0);
        var results = new Result[threads];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread => results[thread] = Loop(scenario, thread));
        return results.MaxBy(result => result.Nanoseconds)!;
    }

    private static Result Loop(Scenario scenario, int start)
    {
        const int Batch = 64;
        var count = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Slice)
        {
            for (var i = 0; i < Batch; i++)
                scenario.Act(start + count + i);
            count += Batch;
        }
        return new(scenario.Name, watch.Elapsed.TotalNanoseconds / count, (GC.GetAllocatedBytesForCurrentThread() - bytes) / count);
    }

    private sealed record Result(string Name, double Nanoseconds, long Bytes);
}
