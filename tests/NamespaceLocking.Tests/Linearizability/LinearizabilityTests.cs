using Xunit.Abstractions;

namespace NamespaceLocking.Tests;

/// <summary>Threads ask, are refused, hold and give back at random; every short history of it has to be linearizable.</summary>
public sealed class LinearizabilityTests(ITestOutputHelper output) : IDisposable
{
    private const int Threads = 3;
    private const int RequestsOfThread = 3;

    /// <summary>How many calls in all: some in every run, a million and more where somebody asks for them.</summary>
    private static readonly int Calls = int.Parse(Environment.GetEnvironmentVariable("LINEARIZABILITY_CALLS") ?? "50000");

    private static readonly BackupNamespace[] Namespaces =
        [.. new[] { "", "a", "b", "a/a", "a/b" }.Select(text => BackupNamespace.Parse(text))];

    private readonly TemporaryDirectory _temporary = new();
    private long _clock;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void In_process_every_history_is_linearizable() => Run(new InProcessLockProvider(), Calls);

    [SkippableFact]
    public void On_files_every_history_is_linearizable() => Run(Linux.CreateProvider(_temporary.Path), Calls / 5);

    private void Run(ILockProvider provider, int calls)
    {
        var locks = new NamespaceLockManager("main", provider);
        var seed = Random.Shared.Next();
        var rounds = calls / (Threads * RequestsOfThread * 3 / 2);
        var histories = new List<Operation>[Threads];
        var granted = 0;
        var refused = 0;
        using var barrier = new Barrier(Threads, after =>
        {
            // Every second phase is the end of a round.
            if (after.CurrentPhaseNumber % 2 == 0)
                return;
            List<Operation> history = [.. histories.SelectMany(operations => operations)];
            Assert.True(LinearizabilityChecker.IsLinearizable(history), $"Seed {seed}, {after.CurrentPhaseNumber}: {string.Join(' ', history)}");
            granted += history.Count(operation => operation.Kind == OperationKind.Granted);
            refused += history.Count(operation => operation.Kind == OperationKind.Refused);
        });
        var tasks = Enumerable.Range(0, Threads).Select(number => Task.Factory.StartNew(
            () =>
            {
                var random = new Random(HashCode.Combine(seed, number));
                for (var round = 0; round < rounds; round++)
                {
                    histories[number] = [];
                    barrier.SignalAndWait();
                    Act(locks, random, histories[number]);
                    barrier.SignalAndWait();
                }
            },
            TaskCreationOptions.LongRunning));
        Task.WaitAll([.. tasks]);
        output.WriteLine($"{granted} granted and given back, {refused} refused; {rounds} histories.");
        // It was a test of something.
        Assert.InRange(granted, calls / 10, calls);
        Assert.InRange(refused, calls / 100, calls);
    }

    /// <summary>Asks a few times, and gives back in between or at the end.</summary>
    private void Act(NamespaceLockManager locks, Random random, List<Operation> history)
    {
        var held = new Stack<(NamespaceLockGuard Guard, Hold Hold)>();
        for (var i = 0; i < RequestsOfThread; i++)
        {
            Acquire();
            while (held.Count > 0 && random.Next(2) == 0)
                Release();
        }
        while (held.Count > 0)
            Release();

        void Acquire()
        {
            var hold = Choose(random);
            var start = Interlocked.Increment(ref _clock);
            var guard = TryAcquire(locks, hold);
            history.Add(new(start, Interlocked.Increment(ref _clock), hold, guard is null ? OperationKind.Refused : OperationKind.Granted));
            if (guard is not null)
                held.Push((guard, hold));
        }

        void Release()
        {
            var (guard, hold) = held.Pop();
            var start = Interlocked.Increment(ref _clock);
            guard.Dispose();
            history.Add(new(start, Interlocked.Increment(ref _clock), hold, OperationKind.Released));
        }
    }

    private static Hold Choose(Random random)
    {
        var first = Namespaces[random.Next(Namespaces.Length)];
        return random.Next(8) switch
        {
            0 => new(first, Namespaces[random.Next(Namespaces.Length)], LockMode.Exclusive),
            < 3 => new(first, null, LockMode.Exclusive),
            _ => new(first, null, LockMode.Shared),
        };
    }

    private static NamespaceLockGuard? TryAcquire(NamespaceLockManager locks, Hold hold)
    {
        if (hold.Second is null)
            return hold.Mode == LockMode.Shared ? locks.TryAcquireShared(hold.First) : locks.TryAcquireExclusive(hold.First);
        try
        {
            return locks.AcquireExclusive(hold.First, hold.Second);
        }
        catch (NamespaceLockedException)
        {
            return null;
        }
    }
}
