namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Guards that are held for another reason than a local variable.</summary>
public class HeldByAnnotationTests
{
    [Theory]
    [InlineData("LockMode.Shared", "_store.Backup(ns);")]
    [InlineData("LockMode.Shared", "_store.Backup(ns.Parent);")]
    [InlineData("LockMode.Exclusive", "_store.Delete(ns);")]
    [InlineData("LockMode.Exclusive", "_store.Delete(ns.Child(\"a\"));")]
    [InlineData("LockMode.Exclusive", "_store.Backup(ns); _store.Delete(ns);")]
    public Task What_a_method_requires_is_held_in_it(string mode, string body) => Cases.MembersAsync(
        $$"""
        [RequiresLock({{mode}}, nameof(ns))]
        void M(BackupNamespace ns)
        {
            {{body}}
        }
        """);

    [Fact]
    public Task It_is_held_across_await() => Cases.MembersAsync(
        """
        [RequiresLock(LockMode.Exclusive, nameof(ns))]
        async Task M(BackupNamespace ns)
        {
            await _store.BackupAsync(ns);
            await Task.Yield();
            await _store.DeleteAsync(ns);
        }
        """);

    [Fact]
    public Task It_is_no_longer_held_for_a_parameter_that_was_written() => Cases.MembersAsync(
        """
        [RequiresLock(LockMode.Shared, nameof(ns))]
        void M(BackupNamespace ns, BackupNamespace next)
        {
            _store.Backup(ns);
            ns = next;
            {|NSL1003:_store.Backup(ns)|};
        }
        """);

    [Fact]
    public Task A_requirement_without_a_name_is_on_the_one_namespace_parameter() => Cases.MembersAsync(
        """
        [RequiresLock(LockMode.Exclusive)]
        void M(string reason, BackupNamespace ns) => _store.Delete(ns);
        """);

    [Fact]
    public Task A_property_of_which_this_Namespace_must_be_locked() => Verify.SourceAsync(
        """
        class Entry(Datastore store, BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [RequiresLock(LockMode.Shared)]
            public int Size => store.Count(Namespace);
        }
        """);

    [Fact]
    public Task A_constructor() => Verify.SourceAsync(
        """
        class Entry
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public Entry(Datastore store, BackupNamespace ns) => store.Delete(ns);
        }
        """);

    [Fact]
    public Task An_implementation_holds_what_the_interface_requires() => Verify.SourceAsync(
        """
        interface IJob
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            void Run(BackupNamespace ns);
        }

        class Job(Datastore store) : IJob
        {
            public void Run(BackupNamespace ns) => store.Backup(ns);
        }
        """);

    [Fact]
    public Task An_explicit_implementation_holds_what_the_interface_requires() => Verify.SourceAsync(
        """
        interface IJob
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            void Run(BackupNamespace ns);
        }

        class Job(Datastore store) : IJob
        {
            void IJob.Run(BackupNamespace target) => store.Backup(target);
        }
        """);

    [Fact]
    public Task A_guard_parameter_holds_its_own_namespace_shared() => Cases.MembersAsync(
        """
        void M(NamespaceLockGuard guard)
        {
            _store.Backup(guard.Namespace);
            _store.Backup(guard.Namespace.Parent);
            var ns = guard.Namespace;
            _store.Backup(ns);
        }
        """);

    [Fact]
    public Task A_guard_parameter_holds_nothing_below_its_namespace() => Cases.MembersAsync(
        """
        void M(NamespaceLockGuard guard) => {|NSL1003:_store.Backup(guard.Namespace.Child("a"))|};
        """);

    [Fact]
    public Task A_guard_parameter_with_a_requirement_holds_that() => Cases.MembersAsync(
        """
        void M(BackupNamespace ns, [RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard guard)
        {
            _store.Delete(ns);
            _store.Delete(ns.Child("a"));
        }
        """);

    [Fact]
    public Task A_guard_parameter_with_a_shared_requirement() => Cases.MembersAsync(
        """
        void M(BackupNamespace ns, [RequiresLock(LockMode.Shared, nameof(ns))] NamespaceLockGuard guard)
        {
            _store.Backup(ns);
            {|NSL1002:_store.Delete(ns)|};
        }
        """);

    [Fact]
    public Task A_guard_parameter_that_is_taken_over_and_disposed() => Cases.MembersAsync(
        """
        void M([TakesOwnership] NamespaceLockGuard guard)
        {
            using (guard)
                _store.Backup(guard.Namespace);
            {|NSL1004:_store.Backup(guard.Namespace)|};
        }
        """);

    [Fact]
    public Task A_guard_parameter_compared_with_a_namespace() => Cases.MembersAsync(
        """
        void M(NamespaceLockGuard guard, BackupNamespace ns)
        {
            if (guard.Namespace != ns)
                throw new ArgumentException("Wrong guard.", nameof(guard));
            _store.Backup(ns);
        }
        """);

    [Fact]
    public Task The_guard_parameter_of_a_lambda() => Cases.MembersAsync(
        """
        void Run(Action<NamespaceLockGuard> work, BackupNamespace ns)
        {
            using var guard = _locks.AcquireShared(ns);
            work(guard);
        }

        void M(BackupNamespace ns) => Run(guard => _store.Backup(guard.Namespace), ns);
        """);

    [Fact]
    public Task An_assertion_holds_from_there_on() => Cases.MembersAsync(
        """
        void M(NamespaceLockGuard guard, BackupNamespace ns)
        {
            {|NSL1003:_store.Backup(ns)|};
            guard.ThrowIfNotShared(ns);
            _store.Backup(ns);
        }
        """);

    [Fact]
    public Task An_assertion_by_a_member_of_one_s_own() => Cases.MembersAsync(
        """
        [AssertsLock(LockMode.Exclusive, nameof(ns))]
        static void MustBeLocked(BackupNamespace ns) { }

        void M(BackupNamespace ns)
        {
            MustBeLocked(ns);
            _store.Delete(ns);
            _store.Delete(ns.Child("a"));
        }
        """);

    [Fact]
    public Task A_delegate_type_that_requires_a_lock_promises_it_to_its_lambda() => Cases.MembersAsync(
        """
        void M()
        {
            Work work = ns => _store.Backup(ns);
        }
        """,
        """
        [RequiresLock(LockMode.Shared, nameof(ns))]
        delegate void Work(BackupNamespace ns);
        """);

    [Fact]
    public Task A_delegate_type_that_requires_a_shared_lock_promises_no_more() => Cases.MembersAsync(
        """
        void M()
        {
            Work work = n => {|NSL1002:_store.Delete(n)|};
        }
        """,
        """
        [RequiresLock(LockMode.Shared, nameof(ns))]
        delegate void Work(BackupNamespace ns);
        """);

    [Fact]
    public Task A_delegate_type_is_called_under_a_guard() => Cases.MembersAsync(
        """
        void M(Work work, BackupNamespace ns)
        {
            using (_locks.AcquireShared(ns))
                work(ns);
            {|NSL1004:work(ns)|};
        }
        """,
        """
        [RequiresLock(LockMode.Shared, nameof(ns))]
        delegate void Work(BackupNamespace ns);
        """);

    [Fact]
    public Task A_guard_type_holds_in_its_own_members_what_its_constructor_acquires() => Verify.SourceAsync(
        """
        [LockGuard]
        sealed class Session : IDisposable
        {
            private readonly Datastore _store;
            private readonly NamespaceLockGuard _guard;

            [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
            public Session(NamespaceLockManager locks, Datastore store, BackupNamespace ns)
            {
                _store = store;
                Namespace = ns;
                _guard = locks.AcquireExclusive(ns);
            }

            public BackupNamespace Namespace { get; }

            public void Clear() => _store.Delete(Namespace);

            public int Count => _store.Count(Namespace);

            public void Clear(string name) => _store.Delete(Namespace.Child(name));

            public void Dispose() => _guard.Dispose();
        }
        """);

    [Fact]
    public Task A_derived_guard_type_holds_what_the_constructors_of_its_base_promise() => Verify.SourceAsync(
        """
        [LockGuard]
        class Session : IDisposable
        {
            private readonly NamespaceLockGuard _guard;

            [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public Session(NamespaceLockManager locks, BackupNamespace ns)
            {
                Namespace = ns;
                _guard = locks.AcquireExclusive(ns);
            }

            public BackupNamespace Namespace { get; }

            public void Dispose() => _guard.Dispose();
        }

        class Move(NamespaceLockManager locks, BackupNamespace ns) : Session(locks, ns);

        class Merge : Session
        {
            public Merge(NamespaceLockManager locks, BackupNamespace target, string reason) : base(locks, target) => Reason = reason;

            public string Reason { get; }
        }

        sealed class Prune(NamespaceLockManager locks, BackupNamespace ns, Datastore store) : Move(locks, ns)
        {
            public void Run() => store.Delete(Namespace);
        }

        class C(NamespaceLockManager locks, Datastore store)
        {
            void Held(BackupNamespace ns)
            {
                using var session = new Move(locks, ns);
                store.Delete(session.Namespace);
                store.Delete(ns);
            }

            void HeldByAnotherName(BackupNamespace target)
            {
                using var session = new Merge(locks, target, "merge");
                store.Delete(target);
            }

            void HeldTwoLevelsUp(BackupNamespace ns)
            {
                using var session = new Prune(locks, ns, store);
                store.Delete(session.Namespace);
            }

            void Elsewhere(BackupNamespace ns, BackupNamespace other)
            {
                using var session = new Move(locks, ns);
                {|NSL1003:store.Delete(other)|};
            }

            void Dropped(BackupNamespace ns) => {|NSL2001:new Move(locks, ns)|};
        }
        """);

    [Fact]
    public Task A_guard_type_holds_no_more_than_its_constructor_acquires() => Verify.SourceAsync(
        """
        [LockGuard]
        sealed class Session : IDisposable
        {
            private readonly Datastore _store;
            private readonly NamespaceLockGuard _guard;

            [AcquiresLock(LockMode.Shared, "this.Namespace")]
            public Session(NamespaceLockManager locks, Datastore store, BackupNamespace ns)
            {
                _store = store;
                Namespace = ns;
                _guard = locks.AcquireShared(ns);
            }

            public BackupNamespace Namespace { get; }

            public void Clear() => {|NSL1002:_store.Delete(Namespace)|};

            public void Copy(BackupNamespace target) => {|NSL1003:_store.Backup(target)|};

            public void Dispose() => _guard.Dispose();
        }
        """);

    [Fact]
    public Task The_callers_of_a_guard_type() => Cases.BodyAsync(
        Cases.Session,
        """
        using (var session = new Session(locks, ns))
        {
            store.Delete(ns);
            store.Delete(session.Namespace);
            store.Delete(session.Namespace.Child("a"));
        }
        {|NSL1004:store.Delete(ns)|};
        """);

    [Fact]
    public Task A_guard_in_a_field_of_another_type_is_not_held_in_its_members() => Verify.SourceAsync(
        """
        sealed class Worker : IDisposable
        {
            private readonly Datastore _store;
            private readonly BackupNamespace _ns;
            private readonly NamespaceLockGuard _guard;

            public Worker(NamespaceLockManager locks, Datastore store, BackupNamespace ns)
            {
                _store = store;
                _ns = ns;
                _guard = locks.AcquireShared(ns);
            }

            public void Run() => {|NSL1001:_store.Backup(_ns)|};

            public void Dispose() => _guard.Dispose();
        }
        """);

    [Fact]
    public Task A_composite_holds_what_its_guard_holds() => Cases.BodyAsync(
        Cases.Wrapper,
        """
        using var wrapper = new Wrapper(locks.AcquireExclusive(ns));
        store.Delete(ns);
        {|NSL1003:store.Delete(ns2)|};
        """);

    [Fact]
    public Task A_disposable_that_stores_a_guard_holds_what_it_holds() => Cases.BodyAsync(
        """
        sealed class Batch([TakesOwnership] NamespaceLockGuard guard) : IDisposable
        {
            private readonly NamespaceLockGuard _guard = guard;

            public void Dispose() => _guard.Dispose();
        }
        """,
        """
        using (var batch = new Batch(locks.AcquireShared(ns)))
            store.Backup(ns);
        {|NSL1004:store.Backup(ns)|};
        """);
}
