using System.Diagnostics;
using NamespaceLocking.TestProcess;
using Xunit.Abstractions;

namespace NamespaceLocking.Tests;

/// <summary>
/// Processes of many threads each lock at random in one tree, and flock(1) beside them, while some are killed and lock files removed.
/// The log that they leave shows what was held at the same time.
/// </summary>
public sealed class StressTests(ITestOutputHelper output) : IDisposable
{
    private const int Processes = 4;

    /// <summary>Some in every run, and millions where somebody asks for them.</summary>
    private static readonly int Sections = int.Parse(Environment.GetEnvironmentVariable("STRESS_SECTIONS") ?? "100000");

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [SkippableFact]
    public void No_exclusive_section_overlaps_another_that_it_rules_out()
    {
        Skip.IfNot(ChildProcess.IsInstalled("flock"), "flock is not installed, or not on the PATH.");
        var (overlaps, sections) = Run(Sections, kills: Math.Max(10, Sections / 100_000), OmittedLevel.None);
        Assert.Empty(overlaps);
        // It was a test of something.
        Assert.InRange(sections.Count, Sections / 100 * 99, Sections);
        Assert.InRange(sections.Count(section => section.Mode == LockMode.Exclusive), Sections / 20, Sections / 20 * 19);
        // Nothing is left behind, and nothing that shuts others out.
        using var guard = new NamespaceLockManager(StressWorker.Store, new FileLockProvider(LockDirectory)).TryAcquireExclusive(BackupNamespace.Root);
        Assert.NotNull(guard);
    }

    [SkippableTheory]
    [InlineData(OmittedLevel.Own)]
    [InlineData(OmittedLevel.Parent)]
    [InlineData(OmittedLevel.Root)]
    internal void The_checker_finds_out_when_one_lock_is_left_out(OmittedLevel omitted)
    {
        var (overlaps, _) = Run(capacity: 20_000, kills: 0, omitted);
        Assert.NotEmpty(overlaps);
    }

    private string LockDirectory => Path.Combine(_temporary.Path, "locks");

    private (List<(Section, Section)> Overlaps, List<Section> Sections) Run(int capacity, int kills, OmittedLevel omitted)
    {
        Linux.Require();
        var seed = Random.Shared.Next();
        var logPath = Path.Combine(_temporary.Path, "log");
        var watch = Stopwatch.StartNew();
        using var log = SectionLog.Create(logPath, capacity);
        var tree = StressWorker.GrowTree(seed);
        var flocks = new FlockHolders(Path.Combine(LockDirectory, StressWorker.Store), log, tree, seed);
        var killedAfter = new Dictionary<int, long>();
        var workers = new Dictionary<int, ChildProcess>();
        var nextRun = 0;
        try
        {
            while (workers.Count < Processes)
                Start();
            var flock = omitted == OmittedLevel.None ? flocks.Run() : Task.CompletedTask;
            for (var kill = 1; kill <= kills; kill++)
            {
                // Spread over the whole log; by its growth, as time says nothing about how far they got.
                while (log.Begun < (long)capacity * kill / (kills + 1))
                {
                    Assert.All(workers, worker => Assert.False(worker.Value.HasExited && !log.IsFull, $"run {worker.Key} failed"));
                    Thread.Sleep(1);
                }
                var (run, victim) = workers.ElementAt(kill % Processes);
                killedAfter[run] = log.Now;
                victim.Kill();
                victim.Dispose();
                workers.Remove(run);
                Start();
            }
            Assert.All(workers.Values, worker => Assert.Equal(0, worker.WaitForExit()));
            flock.GetAwaiter().GetResult();
        }
        finally
        {
            foreach (var worker in workers.Values)
                worker.Dispose();
        }

        var sections = log.Read(tree, killedAfter);
        var overlaps = OverlapChecker.FindOverlaps(sections);
        output.WriteLine(
            $"Seed {seed}: {sections.Count} sections, {sections.Count(section => section.Mode == LockMode.Exclusive)} of them exclusive and "
            + $"{flocks.Held} by flock(1); "
            + $"{log.Refused} requests refused, {log.Removed} lock files removed, {killedAfter.Count} processes killed, "
            + $"{overlaps.Count} overlaps, {watch.Elapsed.TotalSeconds:0.0} s.");
        return (overlaps, sections);

        void Start()
        {
            var run = nextRun++;
            workers.Add(run, ChildProcess.StartHelper("stress", LockDirectory, logPath, $"{seed}", $"{run}", $"{omitted}"));
        }
    }
}
