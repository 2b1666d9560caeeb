using BenchmarkDotNet.Attributes;

namespace NamespaceLocking.Benchmarks;

/// <summary>Acquire and release together, one thread.</summary>
[MemoryDiagnoser]
public class LockBenchmarks
{
    private Scenarios _scenarios = null!;
    private Scenario _scenario = null!;
    private int _next;

    /// <summary>How deep the namespaces lie.</summary>
    [Params(1, 4, 8)]
    public int Depth { get; set; }

    /// <summary>How many there are, used in turn.</summary>
    [Params(1, 1_000, 50_000)]
    public int Namespaces { get; set; }

    [GlobalSetup(Target = nameof(Original))] public void SetUpOriginal() => SetUp(scenarios => scenarios.Original());
    [GlobalSetup(Target = nameof(HeldShared))] public void SetUpHeldShared() => SetUp(scenarios => scenarios.HeldShared());
    [GlobalSetup(Target = nameof(HeldSharedAsync))] public void SetUpHeldSharedAsync() => SetUp(scenarios => scenarios.HeldSharedAsync());
    [GlobalSetup(Target = nameof(SiblingHeld))] public void SetUpSiblingHeld() => SetUp(scenarios => scenarios.SiblingHeld());
    [GlobalSetup(Target = nameof(NothingHeld))] public void SetUpNothingHeld() => SetUp(scenarios => scenarios.NothingHeld());
    [GlobalSetup(Target = nameof(Refused))] public void SetUpRefused() => SetUp(scenarios => scenarios.Refused());
    [GlobalSetup(Target = nameof(InProcess))] public void SetUpInProcess() => SetUp(scenarios => scenarios.InProcess());
    [GlobalSetup(Target = nameof(ReaderWriterLockSlims))] public void SetUpReaderWriterLockSlims() => SetUp(scenarios => scenarios.ReaderWriterLockSlims());
    [GlobalSetup(Target = nameof(SemaphoreSlims))] public void SetUpSemaphoreSlims() => SetUp(scenarios => scenarios.SemaphoreSlims());
    [GlobalSetup(Target = nameof(DotNexts))] public void SetUpDotNexts() => SetUp(scenarios => scenarios.DotNexts());
    [GlobalSetup(Target = nameof(AsyncExs))] public void SetUpAsyncExs() => SetUp(scenarios => scenarios.AsyncExs());

    [GlobalCleanup]
    public void CleanUp()
    {
        _scenario.Dispose();
        _scenarios.Dispose();
    }

    [Benchmark(Baseline = true)] public void Original() => _scenario.Act(_next++);
    [Benchmark] public void HeldShared() => _scenario.Act(_next++);
    [Benchmark] public void HeldSharedAsync() => _scenario.Act(_next++);
    [Benchmark] public void SiblingHeld() => _scenario.Act(_next++);
    [Benchmark] public void NothingHeld() => _scenario.Act(_next++);
    [Benchmark] public void Refused() => _scenario.Act(_next++);
    [Benchmark] public void InProcess() => _scenario.Act(_next++);
    [Benchmark] public void ReaderWriterLockSlims() => _scenario.Act(_next++);
    [Benchmark] public void SemaphoreSlims() => _scenario.Act(_next++);
    [Benchmark] public void DotNexts() => _scenario.Act(_next++);
    [Benchmark] public void AsyncExs() => _scenario.Act(_next++);

    private void SetUp(Func<Scenarios, Scenario> choose)
    {
        _scenarios = new(Depth, Namespaces);
        _scenario = choose(_scenarios);
    }
}
