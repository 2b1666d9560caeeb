namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>The guard is dropped where it is acquired.</summary>
public static class NSL2001Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("{|NSL2001:locks.AcquireShared(ns)|};")]
        [InlineData("{|NSL2001:locks.AcquireExclusive(ns)|};")]
        [InlineData("{|NSL2001:locks.TryAcquireShared(ns)|};")]
        [InlineData("{|NSL2001:locks.TryAcquireExclusive(ns)|};")]
        [InlineData("await {|NSL2001:locks.AcquireSharedAsync(ns)|};")]
        [InlineData("await {|NSL2001:locks.TryAcquireExclusiveAsync(ns)|};")]
        public Task Result_ignored(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("_ = {|NSL2001:locks.AcquireShared(ns)|};")]
        [InlineData("_ = {|NSL2001:locks.TryAcquireShared(ns)|};")]
        [InlineData("_ = await {|NSL2001:locks.AcquireExclusiveAsync(ns)|};")]
        public Task Assigned_to_a_discard(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("{|NSL2001:locks.AcquireSharedAsync(ns)|};")]
        [InlineData("_ = {|NSL2001:locks.AcquireSharedAsync(ns)|};")]
        public Task Task_of_a_guard_ignored(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("await {|NSL2001:locks.AcquireSharedAsync(ns)|}.ConfigureAwait(false);")]
        [InlineData("await {|NSL2001:locks.AcquireSharedAsync(ns)|}.AsTask();")]
        [InlineData("{|NSL2001:locks.AcquireSharedAsync(ns)|}.AsTask().Wait();")]
        [InlineData("_ = {|NSL2001:locks.AcquireSharedAsync(ns)|}.AsTask().Result;")]
        [InlineData("{|NSL2001:locks.AcquireSharedAsync(ns)|}.GetAwaiter().GetResult();")]
        public Task Result_ignored_behind_a_member_that_passes_the_guard_through(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Operation_that_the_dropped_shared_guard_would_have_covered_is_not_reported_again() => Verify.BodyAsync(
            """
            {|NSL2001:locks.AcquireShared(ns)|};
            store.Backup(ns);
            """);

        [Fact]
        public Task Operation_that_the_dropped_exclusive_guard_would_have_covered_is_not_reported_again() => Verify.BodyAsync(
            """
            await {|NSL2001:locks.AcquireExclusiveAsync(ns)|};
            await store.DeleteAsync(ns);
            """);

        [Fact]
        public Task Several_guards_of_one_acquisition_are_one_diagnostic() => Verify.BodyAsync(
            """
            {|NSL2001:locks.AcquireExclusive(ns, ns2)|};
            store.Move(ns, ns2);
            """);

        [Fact]
        public Task Try_result_tested_and_dropped() => Verify.BodyAsync(
            """
            if ({|NSL2001:locks.TryAcquireShared(ns)|} is not null)
                items.Clear();
            """);

        [Fact]
        public Task Discard_in_a_pattern() => Verify.BodyAsync(
            """
            if ({|NSL2001:locks.TryAcquireShared(ns)|} is { } _)
                items.Clear();
            """);

        [Fact]
        public Task Used_once_as_a_receiver() => Verify.BodyAsync(
            """
            {|NSL2001:locks.AcquireShared(ns)|}.ThrowIfNotShared(ns);
            """);

        [Fact]
        public Task Only_a_property_is_read_from_it() => Verify.BodyAsync(
            """
            var mode = {|NSL2001:locks.AcquireShared(ns)|}.Mode;
            """);

        [Fact]
        public Task One_branch_of_a_conditional_assigned_to_a_discard() => Verify.BodyAsync(
            """
            _ = flag ? {|NSL2001:locks.AcquireShared(ns)|} : null;
            """);

        [Fact]
        public Task Discarded_out_argument() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private bool TryLock(BackupNamespace ns, out NamespaceLockGuard? guard)
                {
                    guard = locks.TryAcquireShared(ns);
                    return guard is not null;
                }

                void M(BackupNamespace ns)
                {
                    if ({|NSL2001:TryLock(ns, out _)|})
                        Console.WriteLine();
                }
            }
            """);

        [Fact]
        public Task Discarded_typed_out_argument() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = locks.AcquireShared(ns);

                void M(BackupNamespace ns) => {|NSL2001:Lock(ns, out NamespaceLockGuard _)|};
            }
            """);

        [Theory]
        [InlineData("var (_, count) = {|NSL2001:Lock(ns)|};")]
        [InlineData("(_, int count) = {|NSL2001:Lock(ns)|};")]
        [InlineData("int count; (_, count) = {|NSL2001:Lock(ns)|};")]
        [InlineData("{|NSL2001:Lock(ns)|};")]
        [InlineData("_ = {|NSL2001:Lock(ns)|};")]
        public Task Discarded_element_of_a_tuple(string statement) => Verify.SourceAsync(
            $$"""
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns)
                {
                    {{statement}}
                }
            }
            """);

        [Fact]
        public Task Created_guard_ignored() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            class C
            {
                void M()
                {
                    {|NSL2001:new Snapshot()|};
                }
            }
            """);

        [Fact]
        public Task Temporary_passed_to_a_parameter_that_only_lends() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Check(NamespaceLockGuard guard) => Console.WriteLine(guard.Mode);

                void M(BackupNamespace ns) => Check({|NSL2001:locks.AcquireShared(ns)|});
            }
            """);

        [Fact]
        public Task Awaited_temporary_passed_to_a_parameter_that_only_lends() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Check(NamespaceLockGuard guard) => Console.WriteLine(guard.Mode);

                async Task M(BackupNamespace ns) => Check(await {|NSL2001:locks.AcquireSharedAsync(ns)|});
            }
            """);

        [Fact]
        public Task Unannotated_member_that_returns_an_acquisition() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);

                void M(BackupNamespace ns)
                {
                    {|NSL2001:Lock(ns)|};
                }
            }
            """);

        [Fact]
        public Task Expression_body_of_a_void_method() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns) => {|NSL2001:locks.AcquireShared(ns)|};
            }
            """);

        [Fact]
        public Task Expression_body_of_a_constructor() => Verify.SourceAsync(
            """
            class C
            {
                C(NamespaceLockManager locks, BackupNamespace ns) => {|NSL2001:locks.AcquireShared(ns)|};
            }
            """);

        [Fact]
        public Task Property_setter() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                BackupNamespace Current { get; set { field = value; {|NSL2001:locks.AcquireShared(value)|}; } } = BackupNamespace.Root;
            }
            """);

        [Fact]
        public Task Lambda_that_returns_nothing() => Verify.BodyAsync(
            """
            Action later = () => {|NSL2001:locks.AcquireShared(ns)|};
            later();
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(
            """
            Take();
            void Take() { {|NSL2001:locks.AcquireShared(ns)|}; }
            """);

        [Fact]
        public Task Body_of_a_loop() => Verify.BodyAsync(
            """
            foreach (var item in items)
                {|NSL2001:locks.AcquireShared(ns)|};
            """);

        [Fact]
        public Task Try_block_and_finally_that_has_nothing_to_release() => Verify.BodyAsync(
            """
            try
            {
                {|NSL2001:locks.AcquireShared(ns)|};
                store.Backup(ns);
            }
            finally
            {
                items.Clear();
            }
            """);

        [Fact]
        public Task Iterator() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                IEnumerable<int> M(BackupNamespace ns)
                {
                    {|NSL2001:locks.AcquireShared(ns)|};
                    yield return 1;
                }
            }
            """);

        [Fact]
        public Task Async_iterator() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                async IAsyncEnumerable<int> M(BackupNamespace ns)
                {
                    await {|NSL2001:locks.AcquireSharedAsync(ns)|};
                    yield return 1;
                }
            }
            """);

        [Fact]
        public Task Generic_code() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class C<T> where T : ILocks
            {
                void M(T locks, BackupNamespace ns)
                {
                    {|NSL2001:locks.Lock(ns)|};
                }
            }
            """);

        [Fact]
        public Task Record() => Verify.SourceAsync(
            """
            record Job(NamespaceLockManager Locks, BackupNamespace Namespace)
            {
                void Run()
                {
                    {|NSL2001:Locks.AcquireShared(Namespace)|};
                }
            }
            """);

        [Fact]
        public Task Ref_struct() => Verify.SourceAsync(
            """
            ref struct Cursor(NamespaceLockManager locks)
            {
                void Open(BackupNamespace ns)
                {
                    _ = {|NSL2001:locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            {|NSL2001:locks.AcquireShared(BackupNamespace.Root)|};
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns);")]
        [InlineData("using var _ = locks.AcquireShared(ns); store.Backup(ns);")]
        [InlineData("using NamespaceLockGuard guard = locks.AcquireShared(ns), guard2 = locks.AcquireShared(ns2); store.Backup(ns);")]
        [InlineData("await using var guard = locks.AcquireShared(ns); store.Backup(ns);")]
        [InlineData("using var guard = await locks.AcquireSharedAsync(ns); store.Backup(ns);")]
        [InlineData("await using var _ = await locks.AcquireSharedAsync(ns); store.Backup(ns);")]
        public Task Using_declaration(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("using (locks.AcquireShared(ns)) store.Backup(ns);")]
        [InlineData("using (var guard = locks.AcquireShared(ns)) store.Backup(ns);")]
        [InlineData("using (var _ = locks.AcquireShared(ns)) store.Backup(ns);")]
        [InlineData("await using (locks.AcquireShared(ns)) store.Backup(ns);")]
        [InlineData("await using (await locks.AcquireSharedAsync(ns)) store.Backup(ns);")]
        [InlineData("using (await locks.AcquireSharedAsync(ns).ConfigureAwait(false)) store.Backup(ns);")]
        [InlineData("using (locks.AcquireSharedAsync(ns).AsTask().Result) store.Backup(ns);")]
        [InlineData("using (locks.AcquireSharedAsync(ns).GetAwaiter().GetResult()) store.Backup(ns);")]
        public Task Using_statement(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("locks.AcquireShared(ns).Dispose();")]
        [InlineData("await locks.AcquireShared(ns).DisposeAsync();")]
        [InlineData("(await locks.AcquireSharedAsync(ns)).Dispose();")]
        [InlineData("await (await locks.AcquireSharedAsync(ns)).DisposeAsync();")]
        [InlineData("locks.TryAcquireShared(ns)?.Dispose();")]
        public Task Disposed_at_once(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Try_result_in_a_using_statement() => Verify.BodyAsync(
            """
            using (var guard = locks.TryAcquireShared(ns))
            {
                if (guard is not null)
                    store.Backup(ns);
            }
            """);

        [Fact]
        public Task Coalesced_with_a_throw() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireShared(ns) ?? throw new InvalidOperationException("busy");
            store.Backup(ns);
            """);

        [Fact]
        public Task Temporary_passed_to_a_parameter_that_takes_ownership() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                void M(BackupNamespace ns) => Release(locks.AcquireShared(ns));
            }
            """);

        [Fact]
        public Task Returned() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);

                void M(Datastore store, BackupNamespace ns)
                {
                    using var guard = Lock(ns);
                    store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Returned_by_an_asynchronous_lambda() => Verify.BodyAsync(
            """
            Func<Task<NamespaceLockGuard>> take = async () => await locks.AcquireSharedAsync(ns);
            using var guard = await take();
            """);

        [Fact]
        public Task Returned_in_a_completed_task() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private Task<NamespaceLockGuard> LockAsync(BackupNamespace ns) => Task.FromResult(locks.AcquireShared(ns));
            }
            """);

        [Fact]
        public Task Handed_out_by_an_out_parameter() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = locks.AcquireShared(ns);
            }
            """);

        [Theory]
        [InlineData("using var guard = flag ? locks.AcquireShared(ns) : locks.AcquireExclusive(ns); store.Backup(ns);")]
        [InlineData("using var guard = locks.TryAcquireExclusive(ns) ?? locks.AcquireShared(ns); store.Backup(ns);")]
        [InlineData("using var guard = flag ? locks.AcquireShared(ns) : null; items.Clear();")]
        [InlineData("using (flag switch { true => locks.AcquireShared(ns), false => locks.AcquireExclusive(ns) }) store.Backup(ns);")]
        public Task Chosen_by_an_expression_that_is_used(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task Returned_by_a_lambda() => Verify.BodyAsync(
            """
            Func<NamespaceLockGuard> take = () => locks.AcquireShared(ns);
            using var guard = take();
            """);

        [Theory]
        [InlineData("var (guard, _) = Lock(ns); using (guard) store.Backup(ns);")]
        [InlineData("(var guard, _) = Lock(ns); using var kept = guard; store.Backup(ns);")]
        public Task Only_the_other_element_of_the_tuple_is_discarded(string statements) => Verify.SourceAsync(
            $$"""
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireShared(ns), 1);

                void M(Datastore store, BackupNamespace ns)
                {
                    {{statements}}
                }
            }
            """);

        [Fact]
        public Task Out_argument_kept_and_disposed() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private bool TryLock(BackupNamespace ns, out NamespaceLockGuard? guard)
                {
                    guard = locks.TryAcquireShared(ns);
                    return guard is not null;
                }

                void M(Datastore store, BackupNamespace ns)
                {
                    if (!TryLock(ns, out var guard))
                        return;
                    using (guard)
                        store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Member_that_returns_a_field_only_lends() => Verify.SourceAsync(
            """
            sealed class Session([TakesOwnership] NamespaceLockGuard guard) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = guard;

                public NamespaceLockGuard Current() => _guard;

                public void Dispose() => _guard.Dispose();
            }

            class C
            {
                void M(Session session)
                {
                    _ = session.Current();
                    session.Current().ThrowIfNotShared(BackupNamespace.Root);
                }
            }
            """);

        [Fact]
        public Task Discard_of_something_else_under_a_guard() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            _ = store.Count(ns);
            _ = guard.Namespace;
            """);

        [Fact]
        public Task Disposable_that_is_no_guard() => Verify.BodyAsync(
            """
            new System.IO.MemoryStream();
            _ = new CancellationTokenSource();
            """);

        [Fact]
        public Task Exchanged_into_a_field_that_the_type_disposes() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockManager locks) : IDisposable
            {
                private NamespaceLockGuard? _guard;

                public void Enter(BackupNamespace ns) => Interlocked.Exchange(ref _guard, locks.AcquireShared(ns))?.Dispose();

                public void Dispose() => _guard?.Dispose();
            }
            """);

        [Fact]
        public Task Given_to_a_composite_that_is_disposed() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Owner([TakesOwnership] NamespaceLockGuard inner) : IDisposable
            {
                public void Dispose() => inner.Dispose();
            }

            class C(NamespaceLockManager locks, Datastore store)
            {
                void M(BackupNamespace ns)
                {
                    using var owner = new Owner(locks.AcquireShared(ns));
                    store.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task Static_readonly_guard_lives_as_long_as_the_process() => Verify.SourceAsync(
            """
            static class Program
            {
                private static readonly NamespaceLockManager Locks = new("store", new InProcessLockProvider());
                private static readonly NamespaceLockGuard Guard = Locks.AcquireShared(BackupNamespace.Root);

                static LockMode Mode => Guard.Mode;
            }
            """);

        [Fact]
        public Task Task_kept_in_a_variable_and_awaited_later() => Verify.BodyAsync(
            """
            var pending = locks.AcquireSharedAsync(ns);
            using var guard = await pending;
            store.Backup(ns);
            """);

        [Fact]
        public Task Each_guard_that_an_iterator_yields_is_disposed() => Verify.BodyAsync(
            """
            foreach (var guard in Guards())
            {
                using (guard)
                    items.Clear();
            }

            IEnumerable<NamespaceLockGuard> Guards()
            {
                yield return locks.AcquireShared(ns);
                yield return locks.AcquireShared(ns2);
            }
            """);

        [Fact]
        public Task Expression_tree() => Verify.BodyAsync(
            """
            System.Linq.Expressions.Expression<Action> tree = () => locks.AcquireShared(ns, default, default);
            """);

        [Fact]
        public Task Dynamic_call() => Verify.BodyAsync(
            """
            dynamic anything = locks;
            anything.AcquireShared(ns);
            """);

        [Fact]
        public Task Unreachable_code() => Verify.BodyAsync(
            """
            return;
            locks.AcquireShared(ns);
            """);

        [Fact]
        public Task Name_of_an_acquiring_member() => Verify.BodyAsync(
            """
            _ = nameof(locks.AcquireShared);
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            using var _ = locks.AcquireShared(BackupNamespace.Root);
            """);

        [Fact]
        public Task Ref_struct_disposed_by_pattern() => Verify.SourceAsync(
            """
            [LockGuard]
            ref struct Ticket
            {
                public void Dispose() { }
            }

            class C
            {
                void M()
                {
                    using var ticket = new Ticket();
                    Console.WriteLine();
                }
            }
            """);
    }
}
