namespace NamespaceLocking.Analyzers.Tests.Services;

/// <summary>Two namespaces at a time.</summary>
public class MovesTests
{
    private const string Source =
        """
        public enum MoveOutcome { Done, SourceBusy, SameNamespace }
        public sealed class Mover(NamespaceLockManager locks, Datastore store)
        {
            public async Task<MoveOutcome> MoveAsync(BackupNamespace source, BackupNamespace target, CancellationToken cancellationToken)
            {
                if (source == target)
                    return MoveOutcome.SameNamespace;
                if (source.Contains(target) || target.Contains(source))
                    throw new ArgumentException($"{source} and {target} lie within each other.", nameof(target));
                try
                {
                    await using var both = await locks.AcquireExclusiveAsync(source, target, TimeSpan.FromSeconds(10), cancellationToken);
                    store.Move(source, target);
                    await store.DeleteAsync(source);
                    store.Backup(target);
                    return MoveOutcome.Done;
                }
                catch (NamespaceLockedException)
                {
                    return MoveOutcome.SourceBusy;
                }
            }

            public void MoveAll(BackupNamespace source, BackupNamespace target, IEnumerable<string> names)
            {
                using var both = locks.AcquireExclusive(source, target);
                foreach (var name in names)
                    store.Move(source.Child(name), target.Child(name));
            }

            public void Swap(BackupNamespace a, BackupNamespace b)
            {
                var parking = BackupNamespace.Root.Child("parking");
                using (locks.AcquireExclusive(a, parking))
                    store.Move(a, parking);
                using (locks.AcquireExclusive(b, a))
                    store.Move(b, a);
                using (locks.AcquireExclusive(parking, b))
                    store.Move(parking, b);
            }

            public void Copy(BackupNamespace from, BackupNamespace to)
            {
                using var read = locks.AcquireShared(from);
                using var write = locks.TryAcquireExclusive(to);
                if (write is null)
                    return;
                store.Backup(from);
                store.Delete(to);
            }
        }
        """;

    [Fact]
    public Task Without_a_mistake() => Verify.SourceAsync(Source);

    [Theory]
    [InlineData("locks.AcquireExclusiveAsync(source, target, ", "locks.AcquireExclusiveAsync(target, ", "{|NSL1003:store.Move(source, target)|}", "{|NSL1003:store.DeleteAsync(source)|}")]
    [InlineData("target.Child(name)", "target.Parent", "{|NSL1002:store.Move(source.Child(name), target.Parent)|}")]
    [InlineData("using (locks.AcquireExclusive(b, a))", "using (locks.AcquireExclusive(b, parking))", "{|NSL1004:store.Move(b, a)|}")]
    [InlineData("using var both = locks.AcquireExclusive(source, target);", "using var one = locks.AcquireExclusive(source);\n        using var two = locks.AcquireExclusive(target, TimeSpan.FromSeconds(1));", "{|NSL3003:locks.AcquireExclusive(target, TimeSpan.FromSeconds(1))|}")]
    [InlineData("locks.TryAcquireExclusive(to)", "locks.TryAcquireExclusive(from)", "{|NSL3001:locks.TryAcquireExclusive(from)|}", "{|NSL1003:store.Delete(to)|}")]
    public Task With_a_mistake(string right, string wrong, params string[] reported) => Verify.SourceAsync(Broken.Source(Source, right, wrong, reported));
}
