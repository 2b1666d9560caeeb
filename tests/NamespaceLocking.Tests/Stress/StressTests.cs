using System.Diagnostics;
using NamespaceLocking.TestProcess;
using Xunit.Abstractions;

namespace NamespaceLocking.Tests;

/// <summary>
/// Processes of many threads each lock namespaces of one tree and backups in them at random, and flock(1) beside them, while some are
/// killed and lock files removed.
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
        var ofBackups = sections.Where(section => section.Place.Backup is not null).ToList();
        Assert.InRange(ofBackups.Count, Sections / 50, Sections / 2);
        Assert.InRange(ofBackups.Count(section => section.Mode == LockMode.Exclusive), Sections / 200, Sections / 2);
        // Nothing is left behind, and nothing that shuts others out.
        var files = new FileLockProvider(LockDirectory);
        using var guard = new NamespaceLockManager(StressWorker.Store, files).TryAcquireExclusive(BackupNamespace.Root);
        Assert.NotNull(guard);
        Assert.All(ofBackups.Select(section => section.Place.Backup!).Distinct(), backup =>
        {
            using var ofBackup = new BackupLockManager(StressWorker.Store, files).TryAcquire(backup, LockMode.Exclusive);
            Assert.NotNull(ofBackup);
        });
    }

    [SkippableTheory]
    [InlineData(OmittedLevel.Own)]
    [InlineData(OmittedLevel.Parent)]
    [InlineData(OmittedLevel.Root)]
    internal void The_checker_finds_out_when_one_lock_is_left_out(OmittedLevel omitted)
    {
        Assert.NotEmpty(RunUntilFound(omitted));
    }

    [SkippableTheory]
    [InlineData(OmittedLevel.AroundBackup)]
    [InlineData(OmittedLevel.Backup)]
    internal void The_checker_finds_out_when_a_lock_of_backups_is_left_out(OmittedLevel omitted)
    {
        var overlaps = RunUntilFound(omitted);
        Assert.NotEmpty(overlaps);
        // And nothing else: with a namespace where the locks around the backup are missing, of the same backup where its own is.
        Assert.All(overlaps, overlap => Assert.Equal(
            omitted == OmittedLevel.Backup ? 2 : 1, new[] { overlap.First, overlap.Second }.Count(section => section.Place.Backup is not null)));
    }

    /// <summary>How soon two meet who should not is up to chance, and to how often the machine lets them take turns.</summary>
    private List<(Section First, Section Second)> RunUntilFound(OmittedLevel omitted)
    {
        const int Most = 160_000;
        for (var capacity = 10_000; ; capacity *= 2)
        {
            var (overlaps, _) = Run(capacity, kills: 0, omitted);
            if (overlaps.Count > 0 || capacity == Most)
                return overlaps;
        }
    }

    private string LockDirectory => Path.Combine(_temporary.Path, "locks");

    private (List<(Section First, Section Second)> Overlaps, List<Section> Sections) Run(int capacity, int kills, OmittedLevel omitted)
    {
        Linux.Require();
        var seed = Random.Shared.Next();
        var logPath = Path.Combine(_temporary.Path, $"log-{capacity}");
        var watch = Stopwatch.StartNew();
        using var log = SectionLog.Create(logPath, capacity);
        var places = StressWorker.FindPlaces(seed);
        var flocks = new FlockHolders(Path.Combine(LockDirectory, StressWorker.Store), log, places, seed);
        var killedAfter = new Dictionary<int, long>();
        var workers = new Dictionary<int, ChildProcess>();
        var nextRun = 0;
        try
        {
            while (workers.Count < Processes)
                Start();
            Assert.All(workers.Values, worker => worker.WaitForLine("ready"));
            log.Open();
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

        var sections = log.Read(places, killedAfter);
        var overlaps = OverlapChecker.FindOverlaps(sections);
        output.WriteLine(
            $"Seed {seed}: {sections.Count} sections, {sections.Count(section => section.Mode == LockMode.Exclusive)} of them exclusive and "
            + $"{sections.Count(section => section.Place.Backup is not null)} of backups and {flocks.Held} by flock(1); "
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
