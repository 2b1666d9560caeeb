namespace NamespaceLocking.Analyzers.Tests.Services;

/// <summary>A service on interfaces that are annotated.</summary>
public class RetentionTests
{
    private const string Source =
        """
        public interface ISnapshotCatalog
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            Task<IReadOnlyList<string>> ListAsync(BackupNamespace ns, CancellationToken cancellationToken = default);

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            Task RemoveAsync(BackupNamespace ns, string snapshot, CancellationToken cancellationToken = default);

            [return: DescendantOf(nameof(ns))]
            IAsyncEnumerable<BackupNamespace> ChildrenAsync(BackupNamespace ns, CancellationToken cancellationToken = default);
        }

        public interface INamespaceLocker
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            ValueTask<NamespaceLockGuard> ReadAsync(BackupNamespace ns, CancellationToken cancellationToken = default);

            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            ValueTask<NamespaceLockGuard?> TryWriteAsync(BackupNamespace ns, CancellationToken cancellationToken = default);
        }

        public sealed class NamespaceLocker(NamespaceLockManager manager, TimeProvider clock) : INamespaceLocker
        {
            private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

            public ValueTask<NamespaceLockGuard> ReadAsync(BackupNamespace ns, CancellationToken cancellationToken = default) =>
                manager.AcquireSharedAsync(ns, Patience, cancellationToken);

            public async ValueTask<NamespaceLockGuard?> TryWriteAsync(BackupNamespace ns, CancellationToken cancellationToken = default)
            {
                var started = clock.GetTimestamp();
                var guard = await manager.TryAcquireExclusiveAsync(ns, Patience, cancellationToken).ConfigureAwait(false);
                if (guard is null)
                {
                    Console.WriteLine($"{ns} is busy since {clock.GetElapsedTime(started)}");
                    return null;
                }

                return guard;
            }
        }

        public sealed class RetentionService(ISnapshotCatalog catalog, INamespaceLocker locker)
        {
            public async Task<int> ApplyAsync(BackupNamespace ns, int keep, CancellationToken cancellationToken)
            {
                ArgumentNullException.ThrowIfNull(ns);
                ArgumentOutOfRangeException.ThrowIfNegative(keep);
                List<string> doomed;
                await using (var guard = await locker.ReadAsync(ns, cancellationToken).ConfigureAwait(false))
                {
                    var snapshots = await catalog.ListAsync(ns, cancellationToken).ConfigureAwait(false);
                    doomed = [.. snapshots.Order().SkipLast(keep)];
                }

                if (doomed is [])
                    return 0;

                var write = await locker.TryWriteAsync(ns, cancellationToken).ConfigureAwait(false);
                if (write is null)
                    return -1;
                await using (write.ConfigureAwait(false))
                {
                    foreach (var snapshot in doomed)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        await catalog.RemoveAsync(ns, snapshot, cancellationToken).ConfigureAwait(false);
                    }
                }

                return doomed.Count;
            }

            public async Task<Dictionary<BackupNamespace, int>> CountAsync(BackupNamespace root, CancellationToken cancellationToken)
            {
                var counts = new Dictionary<BackupNamespace, int>();
                await foreach (var child in catalog.ChildrenAsync(root, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    await using var guard = await locker.ReadAsync(child, cancellationToken).ConfigureAwait(false);
                    counts[child] = (await catalog.ListAsync(child, cancellationToken).ConfigureAwait(false)).Count;
                }

                return counts;
            }
        }
        """;

    [Fact]
    public Task Without_a_mistake() => Verify.SourceAsync(Source);

    [Theory]
    [InlineData("locker.TryWriteAsync(ns, c", "locker.TryWriteAsync(ns.Child(\"x\"), c", "{|NSL1002:catalog.RemoveAsync(ns, snapshot, cancellationToken)|}")]
    [InlineData("if (write is null)", "if (keep > 9)", "{|NSL1005:catalog.RemoveAsync(ns, snapshot, cancellationToken)|}", "{|NSL2003:locker.TryWriteAsync(ns, cancellationToken)|}")]
    [InlineData("locker.ReadAsync(child, ", "locker.ReadAsync(root, ", "{|NSL1003:catalog.ListAsync(child, cancellationToken)|}")]
    [InlineData("await catalog.RemoveAsync(ns, snapshot, cancellationToken).ConfigureAwait(false)", "_ = catalog.RemoveAsync(ns, snapshot, cancellationToken)", "{|NSL1006:catalog.RemoveAsync(ns, snapshot, cancellationToken)|}")]
    [InlineData("await using (write.ConfigureAwait(false))", "", "{|NSL2002:locker.TryWriteAsync(ns, cancellationToken)|}")]
    [InlineData("locker.ReadAsync(ns, cancellationToken)", "locker.TryWriteAsync(ns, cancellationToken)", "{|NSL1005:catalog.ListAsync(ns, cancellationToken)|}")]
    [InlineData("            return null;\n        }\n", "        }\n\n        clock.GetUtcNow();\n", "{|NSL2003:manager.TryAcquireExclusiveAsync(ns, Patience, cancellationToken)|}")]
    public Task With_a_mistake(string right, string wrong, params string[] reported) => Verify.SourceAsync(Broken.Source(Source, right, wrong, reported));
}
