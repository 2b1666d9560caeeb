using System.Diagnostics;

namespace NamespaceLocking.Benchmarks;

/// <summary>
/// All cases in under a minute: each for a few milliseconds in turn, many rounds over, of which the fastest counts. On a machine that
/// others use, short slices are left alone now and then, and long ones never.
/// </summary>
internal static class QuickRun
{
    private const int Rounds = 40;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(3);

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
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < cases.Count; i++)
            {
                using var scenario = cases[i]();
                var result = MeasureOnce(scenario, threads);
                if (best[i] is null || result.Nanoseconds < best[i].Nanoseconds)
                    best[i] = result;
            }
        }
        return [.. best];
    }

    private static Result MeasureOnce(Scenario scenario, int threads)
    {
        if (threads == 1)
            return Loop(scenario);
        // By what all of them got done: what one does while the others wait for a processor says nothing.
        var watch = new Stopwatch();
        using var start = new Barrier(threads, _ => watch.Start());
        var results = new Result[threads];
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            start.SignalAndWait();
            results[thread] = Loop(scenario);
        });
        var each = results.Sum(result => result.Count) / threads;
        return results[0] with { Count = each, Nanoseconds = watch.Elapsed.TotalNanoseconds / each };
    }

    private static Result Loop(Scenario scenario)
    {
        const int Batch = 16;
        // A prime number of steps apart, and from another place each time, so that all namespaces have their turn.
        const int Step = 7_919;
        var place = Random.Shared.Next(1 << 20);
        var count = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Slice)
        {
            for (var i = 0; i < Batch; i++)
                scenario.Act(place = (place + Step) & int.MaxValue);
            count += Batch;
        }
        return new(scenario.Name, count, watch.Elapsed.TotalNanoseconds / count, (GC.GetAllocatedBytesForCurrentThread() - bytes) / count);
    }

    private sealed record Result(string Name, int Count, double Nanoseconds, long Bytes);
}
