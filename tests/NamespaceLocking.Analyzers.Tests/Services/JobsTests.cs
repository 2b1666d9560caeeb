namespace NamespaceLocking.Analyzers.Tests.Services;

/// <summary>Decorators, and delegates that require a lock.</summary>
public class JobsTests
{
    private const string Source =
        """
        using System.Collections.Concurrent;
        using System.Diagnostics;

        [RequiresLock(LockMode.Exclusive, nameof(ns))]
        public delegate Task ExclusiveWork(Datastore store, BackupNamespace ns, CancellationToken cancellationToken);
        public interface IJob
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            Task ExecuteAsync(BackupNamespace ns, CancellationToken cancellationToken);
        }
        public sealed class LoggingJob(IJob inner) : IJob
        {
            public async Task ExecuteAsync(BackupNamespace ns, CancellationToken cancellationToken)
            {
                var watch = Stopwatch.StartNew();
                try { await inner.ExecuteAsync(ns, cancellationToken); }
                finally { Console.WriteLine($"{ns}: {watch.Elapsed}"); }
            }
        }
        public sealed class DelegateJob(Datastore store, ExclusiveWork work) : IJob
        {
            public Task ExecuteAsync(BackupNamespace ns, CancellationToken cancellationToken) => work(store, ns, cancellationToken);
        }
        public sealed class JobRunner(NamespaceLockManager locks, IEnumerable<IJob> jobs)
        {
            private readonly ConcurrentQueue<(IJob Job, BackupNamespace Namespace)> _queue = new();

            public void Enqueue(BackupNamespace ns)
            {
                foreach (var job in jobs)
                    _queue.Enqueue((job, ns));
            }

            public async Task DrainAsync(CancellationToken cancellationToken)
            {
                while (_queue.TryDequeue(out var next))
                {
                    var (job, ns) = next;
                    await using var guard = await locks.TryAcquireExclusiveAsync(ns, cancellationToken: cancellationToken);
                    if (guard is null)
                    {
                        _queue.Enqueue(next);
                        await Task.Delay(10, cancellationToken);
                        continue;
                    }

                    await job.ExecuteAsync(ns, cancellationToken);
                }
            }

            public static IJob Deleting(Datastore store) => new LoggingJob(new DelegateJob(store, static (target, ns, _) => target.DeleteAsync(ns)));
            public static IJob Moving(Datastore store) => new DelegateJob(store, static async (target, ns, token) =>
            {
                token.ThrowIfCancellationRequested();
                await Task.Yield();
                target.Move(ns, ns.Child("moved"));
            });
        }
        """;

    [Fact]
    public Task Without_a_mistake() => Verify.SourceAsync(Source);

    [Theory]
    [InlineData("inner.ExecuteAsync(ns, ", "inner.ExecuteAsync(ns.Parent, ", "{|NSL1002:inner.ExecuteAsync(ns.Parent, cancellationToken)|}")]
    [InlineData("if (guard is null)", "if (cancellationToken.IsCancellationRequested)", "{|NSL1005:job.ExecuteAsync(ns, cancellationToken)|}")]
    [InlineData("TryAcquireExclusiveAsync", "TryAcquireSharedAsync", "{|NSL1002:job.ExecuteAsync(ns, cancellationToken)|}")]
    [InlineData("target.Move(ns, ns.Child(\"moved\"))", "target.Move(ns, ns.Parent)", "{|NSL1002:target.Move(ns, ns.Parent)|}")]
    [InlineData("await job.ExecuteAsync(ns, ", "_ = job.ExecuteAsync(ns, ", "{|NSL1006:job.ExecuteAsync(ns, cancellationToken)|}")]
    public Task With_a_mistake(string right, string wrong, params string[] reported) => Verify.SourceAsync(Broken.Source(Source, right, wrong, reported));
}
