namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>The body does not acquire what the member's <c>[AcquiresLock]</c> promises.</summary>
public static class NSL4006Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) => {|NSL4006:locks.AcquireShared(ns)|};")]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) { return {|NSL4006:locks.AcquireShared(ns)|}; }")]
        [InlineData("NamespaceLockGuard? Lock(BackupNamespace ns) => {|NSL4006:locks.TryAcquireShared(ns)|};")]
        [InlineData("ValueTask<NamespaceLockGuard> Lock(BackupNamespace ns) => {|NSL4006:locks.AcquireSharedAsync(ns)|};")]
        [InlineData("async Task<NamespaceLockGuard> Lock(BackupNamespace ns) => {|NSL4006:await locks.AcquireSharedAsync(ns)|};")]
        [InlineData("async Task<NamespaceLockGuard> Lock(BackupNamespace ns) { return {|NSL4006:await locks.AcquireSharedAsync(ns).ConfigureAwait(false)|}; }")]
        [InlineData("Task<NamespaceLockGuard> Lock(BackupNamespace ns) => {|NSL4006:Task.FromResult(locks.AcquireShared(ns))|};")]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) { var guard = locks.AcquireShared(ns); return {|NSL4006:guard|}; }")]
        public Task Weaker_mode(string member) => Cases.LocksAsync(
            $$"""
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            private {{member}}
            """);

        [Theory]
        [InlineData("AcquireShared(ns2)")]
        [InlineData("AcquireExclusive(ns2)")]
        [InlineData("AcquireShared(ns.Parent)")]
        [InlineData("AcquireShared(BackupNamespace.Root)")]
        [InlineData("AcquireShared(ns2.Child(\"a\"))")]
        public Task Another_namespace(string acquired) => Cases.LocksAsync(
            $$"""
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2) => {|NSL4006:locks.{{acquired}}|};
            """);

        [Theory]
        [InlineData("locks.AcquireExclusive(ns.Child(\"a\"))")]
        [InlineData("locks.AcquireShared(ns.Child(\"a\"))")]
        public Task Only_a_namespace_below(string acquired) => Cases.LocksAsync(
            $$"""
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns) => {|NSL4006:{{acquired}}|};
            """);

        [Fact]
        public Task One_of_two_promised_namespaces() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            [AcquiresLock(LockMode.Exclusive, nameof(ns2))]
            private NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2) => {|NSL4006:locks.AcquireExclusive(ns)|};
            """);

        [Theory]
        [InlineData("using var guard = locks.AcquireShared(ns); return {|NSL4006:guard|};")]
        [InlineData("using (var guard = locks.AcquireShared(ns)) return {|NSL4006:guard|};")]
        [InlineData("var guard = locks.AcquireShared(ns); guard.Dispose(); return {|NSL4006:guard|};")]
        [InlineData("var guard = locks.AcquireShared(ns); try { return {|NSL4006:guard|}; } finally { guard.Dispose(); }")]
        public Task Guard_that_is_released(string statements) => Cases.LocksAsync(
            $$"""
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns)
            {
                {{statements}}
            }
            """);

        [Fact]
        public Task Released_guard_in_a_tuple() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns)
            {
                var guard = locks.AcquireShared(ns);
                guard.Dispose();
                return {|NSL4006:(guard, 1)|};
            }
            """);

        [Fact]
        public Task Guard_that_its_await_using_releases() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private async Task<NamespaceLockGuard> LockAsync(BackupNamespace ns)
            {
                await using var guard = await locks.AcquireSharedAsync(ns);
                return {|NSL4006:guard|};
            }
            """);

        [Fact]
        public Task Guard_that_was_given_away() => Cases.LocksAsync(
            """
            static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns)
            {
                var guard = locks.AcquireShared(ns);
                Release(guard);
                return {|NSL4006:guard|};
            }
            """);

        [Fact]
        public Task One_of_two_returns() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns, bool flag)
            {
                if (flag)
                    return {|NSL4006:locks.AcquireShared(ns)|};
                return locks.AcquireExclusive(ns);
            }
            """);

        [Fact]
        public Task Member_that_passes_on_a_weaker_one() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard Read(BackupNamespace ns) => locks.AcquireShared(ns);

            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            private NamespaceLockGuard Write(BackupNamespace ns) => {|NSL4006:Read(ns)|};
            """);

        [Fact]
        public Task Arguments_in_the_wrong_order() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Shared, nameof(second))]
            private NamespaceLockGuard Inner(BackupNamespace first, BackupNamespace second) => locks.AcquireShared(second);

            [AcquiresLock(LockMode.Shared, nameof(second))]
            private NamespaceLockGuard Outer(BackupNamespace first, BackupNamespace second) => {|NSL4006:Inner(second, first)|};
            """);

        [Fact]
        public Task Property() => Verify.SourceAsync(
            """
            class Job(NamespaceLockManager locks, BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
                private NamespaceLockGuard Locked => {|NSL4006:locks.AcquireShared(Namespace)|};
            }
            """);

        [Fact]
        public Task Public_member() => Verify.SourceAsync(
            """
            public sealed class Locks(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                public NamespaceLockGuard Lock(BackupNamespace ns) => {|NSL4006:locks.AcquireShared(ns)|};
            }
            """);

        [Fact]
        public Task Override_that_does_not_keep_the_inherited_promise() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                public NamespaceLockGuard Lock(BackupNamespace ns) => {|NSL4006:locks.AcquireShared(ns)|};
            }
            """);

        [Fact]
        public Task Constants() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Exclusive, "BackupNamespace.Root")]
            private NamespaceLockGuard Lock() => {|NSL4006:locks.AcquireExclusive(BackupNamespace.Parse("a"))|};
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(
            """
            using var guard = Lock(ns);

            [AcquiresLock(LockMode.Exclusive, nameof(name))]
            NamespaceLockGuard Lock(BackupNamespace name) => {|NSL4006:locks.AcquireShared(name)|};
            """);

        [Fact]
        public Task Generic_member() => Verify.SourceAsync(
            """
            class Locks<T>(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                private NamespaceLockGuard Lock<TValue>(BackupNamespace ns, T first, TValue second) => {|NSL4006:locks.AcquireShared(ns)|};
            }
            """);

        [Theory]
        [InlineData("{|NSL4006:locks.AcquireShared(ns)|}")]
        [InlineData("{|NSL4006:locks.AcquireExclusive(other)|}")]
        [InlineData("flag ? locks.AcquireExclusive(ns) : {|NSL4006:locks.AcquireShared(ns)|}")]
        public Task A_constructor_that_keeps_less_than_it_promises(string acquired) => Verify.SourceAsync(
            $$"""
            [LockGuard]
            class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                public Session(NamespaceLockManager locks, BackupNamespace ns, BackupNamespace other, bool flag)
                {
                    Namespace = ns;
                    _guard = {{acquired}};
                }

                public BackupNamespace Namespace { get; }

                public void Dispose() => _guard.Dispose();
            }
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);")]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireExclusive(ns);")]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns.Child(\"a\"));")]
        [InlineData("NamespaceLockGuard? Lock(BackupNamespace ns) => locks.TryAcquireShared(ns);")]
        [InlineData("ValueTask<NamespaceLockGuard> Lock(BackupNamespace ns) => locks.AcquireSharedAsync(ns);")]
        [InlineData("async Task<NamespaceLockGuard> Lock(BackupNamespace ns) => await locks.AcquireSharedAsync(ns);")]
        [InlineData("Task<NamespaceLockGuard> Lock(BackupNamespace ns) => Task.FromResult(locks.AcquireShared(ns));")]
        [InlineData("ValueTask<NamespaceLockGuard> Lock(BackupNamespace ns) => new ValueTask<NamespaceLockGuard>(locks.AcquireShared(ns));")]
        [InlineData("(NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireShared(ns), 1);")]
        [InlineData("void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = locks.AcquireShared(ns);")]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) { var copy = ns; return locks.AcquireShared(copy); }")]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) { var guard = locks.AcquireShared(ns); return guard; }")]
        [InlineData("NamespaceLockGuard Lock(BackupNamespace ns) => throw new NotSupportedException();")]
        public Task Body_that_keeps_the_promise(string member) => Cases.LocksAsync(
            $$"""
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private {{member}}
            """);

        [Fact]
        public Task Both_promised_namespaces_in_any_order() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            [AcquiresLock(LockMode.Exclusive, nameof(ns2))]
            private NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2) => locks.AcquireExclusive(ns2, ns);
            """);

        [Fact]
        public Task Null_where_it_was_refused() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard? TryLock(BackupNamespace ns, bool flag)
            {
                if (flag)
                    return null;
                return locks.TryAcquireShared(ns);
            }
            """);

        [Fact]
        public Task Bool_with_an_out_parameter() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private bool TryLock(BackupNamespace ns, out NamespaceLockGuard? guard)
            {
                guard = locks.TryAcquireShared(ns);
                return guard is not null;
            }
            """);

        [Theory]
        [InlineData("flag ? locks.AcquireShared(ns) : locks.AcquireExclusive(ns)")]
        [InlineData("locks.TryAcquireExclusive(ns) ?? locks.AcquireShared(ns)")]
        [InlineData("locks.TryAcquireShared(ns) ?? throw new InvalidOperationException()")]
        [InlineData("flag switch { true => locks.AcquireShared(ns), false => locks.AcquireExclusive(ns) }")]
        public Task Every_alternative_keeps_the_promise(string value) => Cases.LocksAsync(
            $$"""
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns, bool flag) => {{value}};
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(
            """
            using var guard = Lock(ns);
            store.Delete(ns);

            [AcquiresLock(LockMode.Exclusive, nameof(name))]
            NamespaceLockGuard Lock(BackupNamespace name) => locks.AcquireExclusive(name);
            """);

        [Fact]
        public Task Constants() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Exclusive, "BackupNamespace.Root")]
            private NamespaceLockGuard Lock() => locks.AcquireExclusive(BackupNamespace.Root);
            """);

        [Fact]
        public Task Namespaces_known_to_be_equal() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2)
            {
                if (ns == ns2)
                    return locks.AcquireShared(ns2);
                return locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Disposed_only_where_it_is_not_returned() => Verify.SourceAsync(
            """
            class Locks(NamespaceLockManager locks, Datastore store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard Lock(BackupNamespace ns)
                {
                    var guard = locks.AcquireShared(ns);
                    try
                    {
                        store.Backup(ns);
                    }
                    catch
                    {
                        guard.Dispose();
                        throw;
                    }
                    return guard;
                }
            }
            """);

        [Fact]
        public Task Another_guard_is_released() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2)
            {
                using var other = locks.AcquireShared(ns2);
                return locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Member_that_passes_on_another_one() => Cases.LocksAsync(
            """
            [AcquiresLock(LockMode.Exclusive, nameof(target))]
            private NamespaceLockGuard Inner(int count, BackupNamespace target) => locks.AcquireExclusive(target);

            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            private NamespaceLockGuard Outer(BackupNamespace ns) => Inner(1, ns);
            """);

        [Fact]
        public Task Unannotated_member_that_returns_an_acquisition() => Cases.LocksAsync(
            """
            private NamespaceLockGuard Inner(BackupNamespace target) => locks.AcquireExclusive(target);

            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            private NamespaceLockGuard Outer(BackupNamespace ns) => Inner(ns);
            """);

        [Fact]
        public Task Composite_that_was_given_the_guard() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Owner([TakesOwnership] NamespaceLockGuard inner) : IDisposable
            {
                public void Dispose() => inner.Dispose();
            }

            class Locks(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private Owner Lock(BackupNamespace ns) => new(locks.AcquireShared(ns));
            }
            """);

        [Fact]
        public Task Guard_type_whose_constructor_promises_it() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                [AcquiresLock(LockMode.Shared, "this.Namespace")]
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    Namespace = ns;
                    _guard = locks.AcquireShared(ns);
                }

                public BackupNamespace Namespace { get; }

                public void Dispose() => _guard.Dispose();
            }

            class Sessions(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private Session Open(BackupNamespace ns) => new Session(locks, ns);
            }
            """);

        [Fact]
        public Task Property() => Verify.SourceAsync(
            """
            class Job(NamespaceLockManager locks, BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [AcquiresLock(LockMode.Shared, "this.Namespace")]
                private NamespaceLockGuard Locked => locks.AcquireShared(Namespace);
            }
            """);

        [Fact]
        public Task Members_without_a_body() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            abstract class Locks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                public abstract NamespaceLockGuard Lock(BackupNamespace ns);
            }
            """);

        [Fact]
        public Task Guard_type_without_a_namespace_holds_what_the_annotation_says() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class SnapshotLock : IDisposable
            {
                public void Dispose() { }
            }

            class Locks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(key))]
                public SnapshotLock Lock(BackupNamespace key) => Open();

                [RequiresLock(LockMode.Exclusive, nameof(key))]
                public void Remove(BackupNamespace key) { }

                private static SnapshotLock Open() => new();
            }

            class Job(Locks locks)
            {
                void Run(BackupNamespace key)
                {
                    using var guard = locks.Lock(key);
                    locks.Remove(key);
                }
            }
            """);

        [Fact]
        public Task Override_that_keeps_the_inherited_promise() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                public NamespaceLockGuard Lock(BackupNamespace target) => locks.AcquireExclusive(target);
            }
            """);

        [Theory]
        [InlineData("locks.AcquireExclusive(ns)")]
        [InlineData("locks.AcquireExclusive(ns.Parent)")]
        [InlineData("locks.AcquireExclusive(ns, other)")]
        [InlineData("flag ? locks.AcquireExclusive(ns) : throw new ArgumentException(nameof(ns))")]
        public Task A_constructor_that_keeps_what_it_promises(string acquired) => Verify.SourceAsync(
            $$"""
            [LockGuard]
            class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                public Session(NamespaceLockManager locks, BackupNamespace ns, BackupNamespace other, bool flag)
                {
                    Namespace = ns;
                    _guard = {{acquired}};
                }

                public BackupNamespace Namespace { get; }

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task A_constructor_that_is_given_a_guard_or_leaves_the_work_to_another() => Verify.SourceAsync(
            """
            [LockGuard]
            class Session : IDisposable
            {
                private readonly NamespaceLockGuard _given;
                private readonly NamespaceLockGuard? _own;

                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                public Session(NamespaceLockGuard given, NamespaceLockManager locks, BackupNamespace ns)
                {
                    _given = given;
                    _own = locks.AcquireShared(ns.Parent);
                }

                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                public Session(NamespaceLockManager locks, BackupNamespace ns)
                    : this(locks.AcquireExclusive(ns), locks, ns)
                {
                }

                public void Dispose()
                {
                    _given.Dispose();
                    _own?.Dispose();
                }
            }
            """);
    }
}
