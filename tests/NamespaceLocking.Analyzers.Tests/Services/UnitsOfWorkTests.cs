namespace NamespaceLocking.Analyzers.Tests.Services;

/// <summary>An object that holds a lock for as long as it lives, and work that it does later.</summary>
public class UnitsOfWorkTests
{
    private const string Source =
        """
        [LockGuard]
        public sealed class UnitOfWork : IAsyncDisposable, IDisposable
        {
            private readonly NamespaceLockGuard _guard;
            private readonly Datastore _store;
            private readonly List<Func<UnitOfWork, Task>> _pending = [];
            private bool _isCommitted;

            [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
            [AcquiresLock(LockMode.Exclusive, "guard.Namespace")]
            private UnitOfWork(Datastore store, [TakesOwnership, RequiresLock(LockMode.Exclusive, "guard.Namespace")] NamespaceLockGuard guard)
            {
                _store = store;
                _guard = guard;
                Namespace = guard.Namespace;
            }

            public BackupNamespace Namespace { get; }

            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public static async Task<UnitOfWork> BeginAsync(NamespaceLockManager locks, Datastore store, BackupNamespace ns, CancellationToken cancellationToken = default)
            {
                var guard = await locks.AcquireExclusiveAsync(ns, TimeSpan.FromSeconds(5), cancellationToken);
                return new UnitOfWork(store, guard);
            }

            public void Enlist(Func<UnitOfWork, Task> work) => _pending.Add(work);

            public async Task DeleteAsync(string name) => await _store.DeleteAsync(Namespace.Child(name));

            public async Task CommitAsync()
            {
                foreach (var work in _pending)
                    await work(this);
                _store.Backup(Namespace);
                _pending.Clear();
                _isCommitted = true;
            }

            public void Dispose()
            {
                if (!_isCommitted)
                    _pending.Clear();
                _guard.Dispose();
            }

            public async ValueTask DisposeAsync()
            {
                if (!_isCommitted)
                    _pending.Clear();
                await _guard.DisposeAsync().ConfigureAwait(false);
            }
        }

        public sealed class Orders(NamespaceLockManager locks, Datastore store)
        {
            public async Task PlaceAsync(BackupNamespace ns, IEnumerable<string> names, CancellationToken cancellationToken)
            {
                await using var work = await UnitOfWork.BeginAsync(locks, store, ns, cancellationToken);
                foreach (var name in names)
                    work.Enlist(unit => unit.DeleteAsync(name));
                store.Delete(ns);
                await work.CommitAsync();
            }
        }
        """;

    [Fact]
    public Task Without_a_mistake() => Verify.SourceAsync(Source);

    [Theory]
    [InlineData("AcquireExclusiveAsync", "AcquireSharedAsync", "{|NSL1002:new UnitOfWork(store, guard)|}")]
    [InlineData("await using var work", "var work", "{|NSL2002:UnitOfWork.BeginAsync(locks, store, ns, cancellationToken)|}")]
    [InlineData("await work.CommitAsync()", "_ = work.CommitAsync()", "{|NSL1006:work.CommitAsync()|}")]
    [InlineData("foreach (var name in names)", "await work.DisposeAsync();\n        foreach (var name in names)", "{|NSL1004:store.Delete(ns)|}")]
    public Task With_a_mistake(string right, string wrong, params string[] reported) => Verify.SourceAsync(Broken.Source(Source, right, wrong, reported));
}
