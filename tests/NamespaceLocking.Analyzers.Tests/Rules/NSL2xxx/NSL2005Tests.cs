namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>The guard is stored where nothing disposes it.</summary>
public static class NSL2005Tests
{
    public class Flagged
    {
        [Fact]
        public Task Field_stored_by_the_constructor() => Verify.SourceAsync(
            """
            class Session
            {
                private readonly NamespaceLockGuard _guard;

                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    {|NSL2005:_guard = locks.AcquireShared(ns)|};
                }

                public LockMode Mode => _guard.Mode;
            }
            """);

        [Theory]
        [InlineData("{|NSL2005:_guard = locks.AcquireShared(ns)|};")]
        [InlineData("{|NSL2005:this._guard = locks.AcquireShared(ns)|};")]
        [InlineData("{|NSL2005:_guard = locks.TryAcquireShared(ns)|};")]
        [InlineData("{|NSL2005:_guard = await locks.AcquireSharedAsync(ns)|};")]
        [InlineData("{|NSL2005:_guard ??= locks.AcquireShared(ns)|};")]
        [InlineData("var guard = locks.AcquireShared(ns); {|NSL2005:_guard = guard|};")]
        public Task Field_stored_by_a_method(string statements) => Verify.SourceAsync(
            $$"""
            class Session(NamespaceLockManager locks)
            {
                private NamespaceLockGuard? _guard;

                async Task Enter(BackupNamespace ns)
                {
                    await Task.Yield();
                    {{statements}}
                }
            }
            """);

        [Fact]
        public Task Automatic_property() => Verify.SourceAsync(
            """
            class Session
            {
                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    {|NSL2005:Guard = locks.AcquireShared(ns)|};
                }

                public NamespaceLockGuard Guard { get; }
            }
            """);

        [Fact]
        public Task Static_field_that_is_not_readonly() => Verify.SourceAsync(
            """
            static class Session
            {
                private static NamespaceLockGuard? s_guard;

                static void Enter(NamespaceLockManager locks, BackupNamespace ns)
                {
                    {|NSL2005:s_guard = locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Field_of_a_struct() => Verify.SourceAsync(
            """
            struct Session
            {
                private NamespaceLockGuard? _guard;

                void Enter(NamespaceLockManager locks, BackupNamespace ns)
                {
                    {|NSL2005:_guard = locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Field_of_a_generic_type() => Verify.SourceAsync(
            """
            class Session<T>(NamespaceLockManager locks)
            {
                private NamespaceLockGuard? _guard;

                void Enter(BackupNamespace ns, T value)
                {
                    {|NSL2005:_guard = locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Type_that_disposes_another_field() => Verify.SourceAsync(
            """
            sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _first;
                private readonly NamespaceLockGuard _second;

                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    _first = locks.AcquireShared(ns);
                    {|NSL2005:_second = locks.AcquireShared(ns)|};
                }

                public void Dispose() => _first.Dispose();
            }
            """);

        [Fact]
        public Task Dispose_that_disposes_nothing() => Verify.SourceAsync(
            """
            sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    {|NSL2005:_guard = locks.AcquireShared(ns)|};
                }

                public void Dispose() => Console.WriteLine(_guard.Mode);
            }
            """);

        [Fact]
        public Task Parameter_that_takes_ownership_stored_in_a_type_that_does_not_dispose_it() => Verify.SourceAsync(
            """
            class Session
            {
                private readonly NamespaceLockGuard _guard;

                public Session([TakesOwnership] NamespaceLockGuard guard)
                {
                    {|NSL2005:_guard = guard|};
                }
            }
            """);

        [Fact]
        public Task Property_of_another_object() => Verify.SourceAsync(
            """
            class Holder
            {
                public NamespaceLockGuard? Guard { get; set; }
            }

            class C(NamespaceLockManager locks)
            {
                void M(Holder holder, BackupNamespace ns)
                {
                    {|NSL2005:holder.Guard = locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Object_initialiser() => Verify.SourceAsync(
            """
            class Holder
            {
                public NamespaceLockGuard? Guard { get; set; }
            }

            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns)
                {
                    var holder = new Holder { {|NSL2005:Guard = locks.AcquireShared(ns)|} };
                }
            }
            """);

        [Theory]
        [InlineData("var guards = new List<NamespaceLockGuard>(); {|NSL2005:guards.Add(locks.AcquireShared(ns))|};")]
        [InlineData("var guards = new List<NamespaceLockGuard>(); {|NSL2005:guards.Add(await locks.AcquireSharedAsync(ns))|};")]
        [InlineData("var guards = new List<IDisposable>(); {|NSL2005:guards.Add(locks.AcquireShared(ns))|};")]
        [InlineData("var guards = new Stack<NamespaceLockGuard>(); {|NSL2005:guards.Push(locks.AcquireShared(ns))|};")]
        [InlineData("var guards = new Queue<NamespaceLockGuard>(); {|NSL2005:guards.Enqueue(locks.AcquireShared(ns))|};")]
        [InlineData("var guards = new HashSet<NamespaceLockGuard>(); {|NSL2005:guards.Add(locks.AcquireShared(ns))|};")]
        [InlineData("var guards = new Dictionary<int, NamespaceLockGuard>(); {|NSL2005:guards.Add(1, locks.AcquireShared(ns))|};")]
        [InlineData("var guards = new Dictionary<int, NamespaceLockGuard>(); {|NSL2005:guards[1] = locks.AcquireShared(ns)|};")]
        [InlineData("var guards = new NamespaceLockGuard[1]; {|NSL2005:guards[0] = locks.AcquireShared(ns)|};")]
        [InlineData("var guards = new List<NamespaceLockGuard>(); var guard = locks.AcquireShared(ns); {|NSL2005:guards.Add(guard)|};")]
        public Task Local_collection_that_nobody_empties(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Collection_in_a_field_of_a_type_that_disposes_nothing() => Verify.SourceAsync(
            """
            class Session(NamespaceLockManager locks)
            {
                private readonly List<NamespaceLockGuard> _guards = [];

                void Enter(BackupNamespace ns)
                {
                    {|NSL2005:_guards.Add(locks.AcquireShared(ns))|};
                }
            }
            """);

        [Fact]
        public Task Collection_that_is_only_read() => Verify.BodyAsync(
            """
            var guards = new List<NamespaceLockGuard>();
            {|NSL2005:guards.Add(locks.AcquireShared(ns))|};
            foreach (var guard in guards)
                Console.WriteLine(guard.Mode);
            """);

        [Fact]
        public Task Collection_that_is_only_cleared() => Verify.BodyAsync(
            """
            var guards = new List<NamespaceLockGuard>();
            {|NSL2005:guards.Add(locks.AcquireShared(ns))|};
            guards.Clear();
            """);

        [Fact]
        public Task Captured_variable_of_a_lambda_handed_to_a_method() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null;
            items.ForEach(item => {|NSL2005:guard = locks.AcquireShared(ns)|});
            """);

        [Fact]
        public Task Captured_variable_of_a_stored_lambda() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private Action? _enter;

                void M(BackupNamespace ns)
                {
                    NamespaceLockGuard? guard = null;
                    _enter = () => {|NSL2005:guard = locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Guard_without_a_namespace() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            class C
            {
                private Snapshot? _snapshot;

                void M()
                {
                    {|NSL2005:_snapshot = new Snapshot()|};
                }
            }
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("public void Dispose() => _guard?.Dispose();")]
        [InlineData("public void Dispose() { if (_guard is not null) _guard.Dispose(); }")]
        [InlineData("public void Dispose() { if (_guard is { } guard) guard.Dispose(); }")]
        [InlineData("public void Dispose() { var guard = _guard; _guard = null; guard?.Dispose(); }")]
        [InlineData("public void Dispose() => Interlocked.Exchange(ref _guard, null)?.Dispose();")]
        [InlineData("public void Dispose() { using (_guard) Console.WriteLine(); }")]
        [InlineData("public void Dispose() => Leave(); private void Leave() => _guard?.Dispose();")]
        [InlineData("public void Dispose() { if (_guard != null) _guard.DisposeAsync().AsTask().Wait(); }")]
        public Task Field_that_Dispose_disposes(string dispose) => Verify.SourceAsync(
            $$"""
            sealed class Session(NamespaceLockManager locks) : IDisposable
            {
                private NamespaceLockGuard? _guard;

                public void Enter(BackupNamespace ns) => _guard = locks.AcquireShared(ns);

                {{dispose}}
            }
            """);

        [Fact]
        public Task Field_that_DisposeAsync_disposes() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks) : IAsyncDisposable
            {
                private NamespaceLockGuard? _guard;

                public async Task Enter(BackupNamespace ns) => _guard = await locks.AcquireSharedAsync(ns);

                public async ValueTask DisposeAsync()
                {
                    if (_guard is not null)
                        await _guard.DisposeAsync();
                }
            }
            """);

        [Fact]
        public Task Field_that_another_member_disposes() => Verify.SourceAsync(
            """
            class Session(NamespaceLockManager locks)
            {
                private NamespaceLockGuard? _guard;

                public void Begin(BackupNamespace ns) => _guard = locks.AcquireShared(ns);

                public void End() => _guard?.Dispose();
            }
            """);

        [Fact]
        public Task Field_that_the_base_disposes() => Verify.SourceAsync(
            """
            abstract class Base : IDisposable
            {
                protected NamespaceLockGuard? Guard;

                public void Dispose() => Guard?.Dispose();
            }

            sealed class Session : Base
            {
                public Session(NamespaceLockManager locks, BackupNamespace ns) => Guard = locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Field_that_a_derived_type_disposes() => Verify.SourceAsync(
            """
            abstract class Base
            {
                protected NamespaceLockGuard? Guard;

                protected void Enter(NamespaceLockManager locks, BackupNamespace ns) => Guard = locks.AcquireShared(ns);
            }

            sealed class Session : Base, IDisposable
            {
                public void Dispose() => Guard?.Dispose();
            }
            """);

        [Fact]
        public Task Property_that_the_type_disposes() => Verify.SourceAsync(
            """
            sealed class Session : IDisposable
            {
                public Session(NamespaceLockManager locks, BackupNamespace ns) => Guard = locks.AcquireShared(ns);

                public NamespaceLockGuard Guard { get; }

                public void Dispose() => Guard.Dispose();
            }
            """);

        [Fact]
        public Task Property_of_an_object_that_disposes_it() => Verify.SourceAsync(
            """
            sealed class Holder : IDisposable
            {
                public NamespaceLockGuard? Guard { get; set; }

                public void Dispose() => Guard?.Dispose();
            }

            class C(NamespaceLockManager locks)
            {
                void M(Holder holder, BackupNamespace ns) => holder.Guard = locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Object_initialiser_of_an_object_that_disposes_it() => Verify.SourceAsync(
            """
            sealed class Holder : IDisposable
            {
                public NamespaceLockGuard? Guard { get; init; }

                public void Dispose() => Guard?.Dispose();
            }

            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns)
                {
                    using var holder = new Holder { Guard = locks.AcquireShared(ns) };
                    Console.WriteLine();
                }
            }
            """);

        [Fact]
        public Task Struct_that_disposes_its_field() => Verify.SourceAsync(
            """
            struct Session : IDisposable
            {
                private NamespaceLockGuard? _guard;

                public void Enter(NamespaceLockManager locks, BackupNamespace ns) => _guard = locks.AcquireShared(ns);

                public readonly void Dispose() => _guard?.Dispose();
            }
            """);

        [Fact]
        public Task Record_that_disposes_its_property() => Verify.SourceAsync(
            """
            sealed record Session([TakesOwnership] NamespaceLockGuard Guard) : IDisposable
            {
                public void Dispose() => Guard.Dispose();
            }
            """);

        [Fact]
        public Task Static_readonly_field() => Verify.SourceAsync(
            """
            static class Program
            {
                private static readonly NamespaceLockGuard Guard;

                static Program()
                {
                    var locks = new NamespaceLockManager("store", new InProcessLockProvider());
                    Guard = locks.AcquireShared(BackupNamespace.Root);
                }

                static LockMode Mode => Guard.Mode;
            }
            """);

        [Fact]
        public Task Lent_guard_stored_in_a_field() => Verify.SourceAsync(
            """
            class Reader
            {
                private readonly NamespaceLockGuard _guard;

                public Reader(NamespaceLockGuard guard) => _guard = guard;

                public LockMode Mode => _guard.Mode;
            }
            """);

        [Fact]
        public Task Guard_that_its_own_using_disposes_stored_in_a_field() => Verify.SourceAsync(
            """
            class Session(NamespaceLockManager locks, Datastore store)
            {
                private NamespaceLockGuard? _current;

                void Run(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    _current = guard;
                    store.Backup(ns);
                    _current = null;
                }
            }
            """);

        [Fact]
        public Task Guard_that_its_own_using_disposes_stored_in_a_collection() => Verify.BodyAsync(
            """
            var guards = new List<NamespaceLockGuard>();
            using var guard = locks.AcquireShared(ns);
            guards.Add(guard);
            store.Backup(ns);
            """);

        [Theory]
        [InlineData("foreach (var guard in guards) guard.Dispose();")]
        [InlineData("foreach (var guard in guards) await guard.DisposeAsync();")]
        [InlineData("for (var index = 0; index < guards.Count; index++) guards[index].Dispose();")]
        [InlineData("guards.ForEach(guard => guard.Dispose());")]
        [InlineData("foreach (var guard in Enumerable.Reverse(guards)) guard.Dispose();")]
        public Task List_disposed_in_finally(string release) => Verify.BodyAsync(
            $$"""
            var guards = new List<NamespaceLockGuard>();
            try
            {
                foreach (var name in new[] { ns, ns2 })
                    guards.Add(locks.AcquireShared(name));
                items.Clear();
            }
            finally
            {
                {{release}}
            }
            """);

        [Fact]
        public Task Stack_disposed_in_finally() => Verify.BodyAsync(
            """
            var guards = new Stack<NamespaceLockGuard>();
            try
            {
                guards.Push(locks.AcquireShared(ns));
                guards.Push(locks.AcquireShared(ns2));
            }
            finally
            {
                while (guards.Count > 0)
                    guards.Pop().Dispose();
            }
            """);

        [Fact]
        public Task Dictionary_disposed_in_finally() => Verify.BodyAsync(
            """
            var guards = new Dictionary<int, NamespaceLockGuard>();
            try
            {
                guards[1] = locks.AcquireShared(ns);
                guards.Add(2, locks.AcquireShared(ns2));
            }
            finally
            {
                foreach (var guard in guards.Values)
                    guard.Dispose();
            }
            """);

        [Fact]
        public Task Array_disposed_in_finally() => Verify.BodyAsync(
            """
            var guards = new NamespaceLockGuard?[2];
            try
            {
                guards[0] = locks.AcquireShared(ns);
                guards[1] = locks.AcquireShared(ns2);
            }
            finally
            {
                foreach (var guard in guards)
                    guard?.Dispose();
            }
            """);

        [Fact]
        public Task Collection_in_a_field_that_the_owner_disposes() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks) : IDisposable
            {
                private readonly List<NamespaceLockGuard> _guards = [];

                public void Enter(BackupNamespace ns) => _guards.Add(locks.AcquireShared(ns));

                public void Dispose()
                {
                    foreach (var guard in _guards)
                        guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Concurrent_collection_in_a_field_that_the_owner_disposes() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks) : IDisposable
            {
                private readonly System.Collections.Concurrent.ConcurrentQueue<NamespaceLockGuard> _guards = new();

                public void Enter(BackupNamespace ns) => _guards.Enqueue(locks.AcquireShared(ns));

                public void Dispose()
                {
                    while (_guards.TryDequeue(out var guard))
                        guard.Dispose();
                }
            }
            """);

        [Fact]
        public Task Collection_returned() => Verify.BodyAsync(
            """
            foreach (var guard in All())
                guard.Dispose();

            List<NamespaceLockGuard> All()
            {
                var guards = new List<NamespaceLockGuard>();
                guards.Add(locks.AcquireShared(ns));
                return guards;
            }
            """);

        [Fact]
        public Task Captured_variable_that_the_method_disposes() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null;
            try
            {
                Action enter = () => guard = locks.AcquireShared(ns);
                enter();
            }
            finally
            {
                guard?.Dispose();
            }
            """);

        [Fact]
        public Task Captured_variable_that_another_lambda_disposes() => Verify.BodyAsync(
            """
            NamespaceLockGuard? guard = null;
            Action enter = () => guard = locks.AcquireShared(ns);
            Action leave = () => guard?.Dispose();
            enter();
            leave();
            """);

        [Fact]
        public Task Collection_of_namespaces() => Verify.BodyAsync(
            """
            var names = new List<BackupNamespace>();
            using var guard = locks.AcquireShared(ns);
            names.Add(guard.Namespace);
            store.Backup(ns);
            """);
    }
}
