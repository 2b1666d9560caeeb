namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>A lock asked for that an exclusive guard already held rules out.</summary>
public static class NSL3002Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("AcquireShared(ns)")]
        [InlineData("AcquireExclusive(ns)")]
        [InlineData("TryAcquireShared(ns)")]
        [InlineData("TryAcquireExclusive(ns)")]
        [InlineData("AcquireExclusive(ns, ns2)")]
        [InlineData("AcquireExclusive(ns2, ns)")]
        public Task Same_namespace(string asked) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireExclusive(ns);
            using var asked = {|NSL3002:locks.{{asked}}|};
            """);

        [Theory]
        [InlineData("""AcquireShared(ns.Child("a"))""")]
        [InlineData("""AcquireExclusive(ns.Child("a"))""")]
        [InlineData("""AcquireShared(ns.Child("a").Child("b"))""")]
        public Task Namespace_below(string asked) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireExclusive(ns);
            using var asked = {|NSL3002:locks.{{asked}}|};
            """);

        [Theory]
        [InlineData("ns.Parent")]
        [InlineData("ns.Parent.Parent")]
        [InlineData("BackupNamespace.Root")]
        public Task Exclusive_above(string asked) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireExclusive(ns);
            using var asked = {|NSL3002:locks.AcquireExclusive({{asked}})|};
            """);

        [Theory]
        [InlineData("BackupNamespace.Root", "ns")]
        [InlineData("BackupNamespace.Root", """BackupNamespace.Parse("a")""")]
        [InlineData("""BackupNamespace.Parse("a")""", """BackupNamespace.Parse("a/b/c")""")]
        [InlineData("""BackupNamespace.Parse("a/b")""", """BackupNamespace.Parse("a").Child("b")""")]
        public Task Constants(string held, string asked) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireExclusive({{held}});
            using var asked = {|NSL3002:locks.AcquireShared({{asked}})|};
            """);

        [Theory]
        [InlineData("using var asked = await {|NSL3002:locks.AcquireSharedAsync(ns)|};")]
        [InlineData("await using var asked = await {|NSL3002:locks.AcquireExclusiveAsync(ns)|};")]
        [InlineData("using (await {|NSL3002:locks.AcquireSharedAsync(ns)|}) store.Delete(ns);")]
        [InlineData("using var asked = await {|NSL3002:locks.TryAcquireSharedAsync(ns)|}.ConfigureAwait(false);")]
        public Task Asynchronous(string ask) => Verify.BodyAsync(
            $$"""
            await using var held = await locks.AcquireExclusiveAsync(ns);
            {{ask}}
            """);

        [Fact]
        public Task One_of_two_namespaces_held() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns, ns2);
            using var asked = {|NSL3002:locks.AcquireShared(ns2)|};
            """);

        [Fact]
        public Task Namespace_of_the_guard() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            using var asked = {|NSL3002:locks.AcquireShared(held.Namespace)|};
            """);

        [Fact]
        public Task Copy_of_the_namespace() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            var copy = ns;
            using var asked = {|NSL3002:locks.AcquireShared(copy)|};
            """);

        [Fact]
        public Task Disposed_at_once_all_the_same() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            {|NSL3002:locks.AcquireShared(ns)|}.Dispose();
            """);

        [Theory]
        [InlineData("ns == ns2")]
        [InlineData("ns2.Equals(ns)")]
        [InlineData("ns.Contains(ns2)")]
        public Task Relation_that_was_tested(string test) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireExclusive(ns);
            if ({{test}})
            {
                using var asked = {|NSL3002:locks.AcquireShared(ns2)|};
            }
            """);

        [Fact]
        public Task Early_return_leaves_the_namespaces_equal() => Verify.BodyAsync(
            """
            if (ns != ns2)
                return;
            using var held = locks.AcquireExclusive(ns);
            using var asked = {|NSL3002:locks.AcquireShared(ns2)|};
            """);

        [Fact]
        public Task Held_by_a_tested_Try() => Verify.BodyAsync(
            """
            if (locks.TryAcquireExclusive(ns) is not { } held)
                return;
            using (held)
            {
                using var asked = {|NSL3002:locks.AcquireShared(ns)|};
            }
            """);

        [Fact]
        public Task Held_because_the_member_requires_it() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                void M(BackupNamespace ns)
                {
                    using var asked = {|NSL3002:locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Held_because_it_was_asserted() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(NamespaceLockGuard guard, BackupNamespace ns)
                {
                    guard.ThrowIfNotExclusive(ns);
                    using var asked = {|NSL3002:locks.AcquireShared(ns.Child("a"))|};
                }
            }
            """);

        [Fact]
        public Task Held_by_a_guard_parameter() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns, [RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard guard)
                {
                    using var asked = {|NSL3002:locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Held_by_this() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Session : IDisposable
            {
                private readonly NamespaceLockManager _locks;
                private readonly NamespaceLockGuard _guard;

                [AcquiresLock(LockMode.Exclusive, "this.Namespace")]
                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    _locks = locks;
                    Namespace = ns;
                    _guard = locks.AcquireExclusive(ns);
                }

                public BackupNamespace Namespace { get; }

                public void Read()
                {
                    using var asked = {|NSL3002:_locks.AcquireShared(Namespace)|};
                }

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task Element_of_a_sequence_below() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [return: DescendantOf(nameof(ns))]
                private static List<BackupNamespace> Below(BackupNamespace ns) => [ns.Child("a"), ns.Child("b")];

                void M(BackupNamespace ns)
                {
                    using var held = locks.AcquireExclusive(ns);
                    foreach (var child in Below(ns).Where(item => item.Depth > 2).Take(3).ToList())
                    {
                        using var asked = {|NSL3002:locks.AcquireShared(child)|};
                    }
                }
            }
            """);

        [Theory]
        [InlineData("Below(ns).First()")]
        [InlineData("Below(ns).Distinct().Skip(1).First()")]
        [InlineData("Below(ns).Reverse<BackupNamespace>().Single()")]
        [InlineData("Below(ns).OrderByDescending(item => item.Depth).ToArray().First()")]
        public Task One_element_of_a_sequence_below(string element) => Verify.SourceAsync(
            $$"""
            class C(NamespaceLockManager locks)
            {
                [return: DescendantOf(nameof(ns))]
                private static List<BackupNamespace> Below(BackupNamespace ns) => [ns.Child("a"), ns.Child("b")];

                void M(BackupNamespace ns)
                {
                    using var held = locks.AcquireExclusive(ns);
                    var child = {{element}};
                    using var asked = {|NSL3002:locks.AcquireShared(child)|};
                }
            }
            """);

        [Fact]
        public Task Local_collection_that_only_receives_namespaces_below() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            var below = new List<BackupNamespace>();
            below.Add(ns.Child("a"));
            below.Add(ns.Child("b").Child("c"));
            foreach (var child in below)
            {
                using var asked = {|NSL3002:locks.AcquireShared(child)|};
            }
            """);

        [Fact]
        public Task Value_in_the_namespace() => Verify.SourceAsync(
            """
            class Chunk(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;
            }

            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns, [InNamespace(nameof(ns))] Chunk chunk)
                {
                    using var held = locks.AcquireExclusive(ns);
                    using var asked = {|NSL3002:locks.AcquireShared(chunk.Namespace)|};
                }
            }
            """);

        [Fact]
        public Task Annotated_member_of_another_type() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                NamespaceLockGuard Write(BackupNamespace ns);

                [AcquiresLock(LockMode.Shared, nameof(ns))]
                NamespaceLockGuard Read(BackupNamespace ns);
            }

            class C<T> where T : ILocks
            {
                void M(T locks, BackupNamespace ns)
                {
                    using var held = locks.Write(ns);
                    using var asked = {|NSL3002:locks.Read(ns)|};
                }
            }
            """);

        [Fact]
        public Task Held_by_a_composite() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Owner([TakesOwnership] NamespaceLockGuard inner) : IDisposable
            {
                public void Dispose() => inner.Dispose();
            }

            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns)
                {
                    using var owner = new Owner(locks.AcquireExclusive(ns));
                    using var asked = {|NSL3002:locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Held_by_an_object_that_disposes_the_guard_it_was_given() => Verify.SourceAsync(
            """
            sealed class Session(NamespaceLockGuard guard) : IDisposable
            {
                private readonly NamespaceLockGuard _guard = guard;

                public void Dispose() => _guard.Dispose();
            }

            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns)
                {
                    using var session = new Session(locks.AcquireExclusive(ns));
                    using var asked = {|NSL3002:locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Held_by_a_task_kept_in_a_variable_and_awaited() => Verify.BodyAsync(
            """
            var pending = locks.AcquireExclusiveAsync(ns).AsTask();
            using var held = await pending;
            using var asked = {|NSL3002:locks.AcquireShared(ns)|};
            """);

        [Fact]
        public Task Guard_of_an_unannotated_member_that_returns_an_acquisition() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private NamespaceLockGuard Lock(BackupNamespace target) => locks.AcquireExclusive(target);

                void M(BackupNamespace ns)
                {
                    using var held = Lock(ns);
                    using var asked = {|NSL3002:locks.AcquireShared(ns)|};
                }
            }
            """);

        [Fact]
        public Task Out_argument_that_was_tested() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                private bool TryLock(BackupNamespace ns, out NamespaceLockGuard? guard)
                {
                    guard = locks.TryAcquireExclusive(ns);
                    return guard is not null;
                }

                void M(BackupNamespace ns)
                {
                    if (!TryLock(ns, out var guard))
                        return;
                    using (guard)
                    {
                        using var asked = {|NSL3002:locks.AcquireShared(ns)|};
                    }
                }
            }
            """);

        [Fact]
        public Task Deconstructed_guard() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Lock(BackupNamespace ns) => (locks.AcquireExclusive(ns), 1);

                void M(BackupNamespace ns)
                {
                    var (guard, _) = Lock(ns);
                    using (guard)
                    {
                        using var asked = {|NSL3002:locks.AcquireShared(ns)|};
                    }
                }
            }
            """);

        [Fact]
        public Task Held_across_an_await() => Verify.BodyAsync(
            """
            await using var held = await locks.AcquireExclusiveAsync(ns);
            await Task.Delay(1, token);
            using var asked = {|NSL3002:locks.AcquireShared(ns)|};
            """);

        [Fact]
        public Task Inside_a_catch() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            try
            {
                store.Delete(ns);
            }
            catch (InvalidOperationException)
            {
                using var asked = {|NSL3002:locks.AcquireShared(ns)|};
            }
            """);

        [Fact]
        public Task Inside_a_loop() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            while (!token.IsCancellationRequested)
            {
                using var asked = {|NSL3002:locks.AcquireShared(ns)|};
            }
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("ns.Parent")]
        [InlineData("ns.Parent.Parent")]
        [InlineData("ns.Parent.Parent.Parent")]
        [InlineData("BackupNamespace.Root")]
        public Task Shared_above(string asked) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireExclusive(ns);
            using var asked = locks.AcquireShared({{asked}});
            """);

        [Theory]
        [InlineData("ns", "ns2")]
        [InlineData("""ns.Child("a")""", """ns.Child("b")""")]
        [InlineData("""BackupNamespace.Parse("a/b")""", """BackupNamespace.Parse("a/c")""")]
        [InlineData("""BackupNamespace.Parse("a")""", """BackupNamespace.Parse("ab")""")]
        [InlineData("""BackupNamespace.Parse("a/b")""", """BackupNamespace.Parse("a/bc/d")""")]
        [InlineData("""BackupNamespace.Parse("a/b/c")""", """BackupNamespace.Parse("a/b")""")]
        [InlineData("""BackupNamespace.Parse("a/b/c")""", """BackupNamespace.Parse("a/c")""")]
        [InlineData("""ns.Child("a").Child("b")""", """ns.Child("a").Child("c")""")]
        [InlineData("""ns.Child("a").Child("b")""", """ns.Child("a")""")]
        [InlineData("""ns.Child("a")""", "ns")]
        public Task Namespace_beside(string held, string asked) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireExclusive({{held}});
            using var shared = locks.AcquireShared({{asked}});
            """);

        [Theory]
        [InlineData("ns, ns")]
        [InlineData("""ns, ns.Child("a")""")]
        [InlineData("ns.Parent, ns")]
        public Task Two_namespaces_of_one_request_may_cover_each_other(string asked) => Verify.BodyAsync(
            $$"""
            using var held = locks.AcquireExclusive({{asked}});
            """);

        [Theory]
        [InlineData("using (locks.AcquireExclusive(ns)) store.Delete(ns);")]
        [InlineData("{ await using var held = await locks.AcquireExclusiveAsync(ns); store.Delete(ns); }")]
        [InlineData("locks.AcquireExclusive(ns).Dispose();")]
        [InlineData("locks.TryAcquireExclusive(ns)?.Dispose();")]
        [InlineData("using (await locks.AcquireExclusiveAsync(ns)) await store.DeleteAsync(ns);")]
        [InlineData("if (flag) { using var held = locks.AcquireExclusive(ns); store.Delete(ns); }")]
        public Task Released_before(string before) => Verify.BodyAsync(
            $$"""
            {{before}}
            using var asked = locks.AcquireShared(ns);
            store.Backup(ns);
            """);

        [Fact]
        public Task Exclusive_in_one_branch_and_shared_in_the_other() => Verify.BodyAsync(
            """
            if (flag)
            {
                using var write = locks.AcquireExclusive(ns);
                store.Delete(ns);
                return;
            }
            using var read = locks.AcquireShared(ns);
            store.Backup(ns);
            """);

        [Fact]
        public Task Sections_of_a_switch() => Verify.BodyAsync(
            """
            switch (items.Count)
            {
                case 0:
                {
                    using var write = locks.AcquireExclusive(ns);
                    store.Delete(ns);
                    break;
                }
                default:
                {
                    using var read = locks.AcquireShared(ns);
                    store.Backup(ns);
                    break;
                }
            }
            """);

        [Fact]
        public Task Asserted_on_another_namespace() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(NamespaceLockGuard guard, BackupNamespace ns, BackupNamespace ns2)
                {
                    guard.ThrowIfNotExclusive(ns);
                    using var read = locks.AcquireShared(ns2);
                }
            }
            """);

        [Theory]
        [InlineData("names")]
        [InlineData("names.Where(name => name != ns)")]
        public Task Elements_of_a_sequence_without_a_relation(string sequence) => Verify.SourceAsync(
            $$"""
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns, List<BackupNamespace> names)
                {
                    using var held = locks.AcquireExclusive(ns);
                    foreach (var name in {{sequence}})
                    {
                        using var read = locks.TryAcquireShared(name);
                    }
                }
            }
            """);

        [Fact]
        public Task Downgraded_by_releasing_first() => Verify.BodyAsync(
            """
            var guard = locks.AcquireExclusive(ns);
            try
            {
                store.Delete(ns);
                guard.Dispose();
                guard = locks.AcquireShared(ns);
                store.Backup(ns);
            }
            finally
            {
                guard.Dispose();
            }
            """);

        [Fact]
        public Task Same_property_of_two_objects() => Verify.SourceAsync(
            """
            record Job(BackupNamespace Namespace);

            class C(NamespaceLockManager locks)
            {
                void M(Job first, Job second)
                {
                    using var write = locks.AcquireExclusive(first.Namespace);
                    using var read = locks.AcquireShared(second.Namespace);
                }
            }
            """);

        [Fact]
        public Task Member_that_requires_exclusive_on_another_namespace() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [RequiresLock(LockMode.Exclusive, nameof(target))]
                void M(BackupNamespace source, BackupNamespace target)
                {
                    using var read = locks.AcquireShared(source);
                }
            }
            """);

        [Fact]
        public Task Shared_in_the_catch_after_the_using_of_the_try() => Verify.BodyAsync(
            """
            try
            {
                using var write = locks.AcquireExclusive(ns);
                store.Delete(ns);
            }
            catch (NamespaceLockedException)
            {
                using var read = locks.AcquireShared(ns);
                store.Backup(ns);
            }
            """);

        [Fact]
        public Task Released_in_finally_before() => Verify.BodyAsync(
            """
            var held = locks.AcquireExclusive(ns);
            try
            {
                store.Delete(ns);
            }
            finally
            {
                held.Dispose();
            }
            using var asked = locks.AcquireShared(ns);
            """);

        [Fact]
        public Task Released_at_the_end_of_each_round() => Verify.BodyAsync(
            """
            foreach (var item in items)
            {
                using var held = locks.AcquireExclusive(ns);
                store.Delete(ns);
            }
            """);

        [Fact]
        public Task Released_on_each_path() => Verify.BodyAsync(
            """
            var held = locks.AcquireExclusive(ns);
            if (flag)
                held.Dispose();
            else
                await held.DisposeAsync();
            using var asked = locks.AcquireExclusive(ns);
            """);

        [Fact]
        public Task Held_on_one_path_only() => Verify.BodyAsync(
            """
            using var held = flag ? locks.AcquireExclusive(ns) : null;
            using var asked = locks.TryAcquireShared(ns);
            """);

        [Fact]
        public Task Try_result_not_tested() => Verify.BodyAsync(
            """
            using var held = locks.TryAcquireExclusive(ns);
            using var asked = locks.TryAcquireShared(ns);
            """);

        [Fact]
        public Task Shared_as_the_fallback_of_a_failed_Try() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireExclusive(ns) ?? locks.AcquireShared(ns);
            store.Backup(ns);
            """);

        [Fact]
        public Task Branch_where_the_Try_failed() => Verify.BodyAsync(
            """
            using var held = locks.TryAcquireExclusive(ns);
            if (held is null)
            {
                using var asked = locks.AcquireShared(ns);
                store.Backup(ns);
                return;
            }
            store.Delete(ns);
            """);

        [Fact]
        public Task Two_stores() => Verify.SourceAsync(
            """
            class C
            {
                void M(NamespaceLockManager source, NamespaceLockManager target, BackupNamespace ns)
                {
                    using var write = source.AcquireExclusive(ns);
                    using var read = target.AcquireShared(ns);
                }
            }
            """);

        [Fact]
        public Task Variable_reassigned_between() => Verify.BodyAsync(
            """
            var current = ns;
            using var held = locks.AcquireExclusive(current);
            current = ns2;
            using var asked = locks.AcquireShared(current);
            """);

        [Fact]
        public Task Loop_variable_is_new_in_each_round() => Verify.BodyAsync(
            """
            var guards = new List<NamespaceLockGuard>();
            try
            {
                foreach (var name in new[] { ns, ns2 })
                    guards.Add(locks.AcquireExclusive(name));
            }
            finally
            {
                foreach (var guard in guards)
                    guard.Dispose();
            }
            """);

        [Fact]
        public Task Namespaces_known_to_differ() => Verify.BodyAsync(
            """
            if (ns == ns2)
                return;
            using var held = locks.AcquireExclusive(ns);
            using var asked = locks.AcquireShared(ns2);
            """);

        [Fact]
        public Task Equal_on_one_branch_only() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            if (ns != ns2)
            {
                using var asked = locks.AcquireShared(ns2);
            }
            """);

        [Fact]
        public Task Guard_of_nobody_s_statement_holds_its_namespace_shared() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(NamespaceLockGuard guard)
                {
                    using var asked = locks.AcquireShared(guard.Namespace);
                }
            }
            """);

        [Fact]
        public Task Member_that_requires_exclusive_reads_above() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                void M(BackupNamespace ns)
                {
                    using var asked = locks.AcquireShared(ns.Parent);
                }
            }
            """);

        [Fact]
        public Task Lambda_handed_to_a_callee_whose_body_is_unknown() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            await Task.Run(() =>
            {
                using var asked = locks.TryAcquireShared(ns);
            });
            """);

        [Fact]
        public Task Lambda_stored_to_run_later() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private readonly List<Action> _later = [];

                void M(BackupNamespace ns)
                {
                    using var held = locks.AcquireExclusive(ns);
                    _later.Add(() => locks.AcquireShared(ns).Dispose());
                }
            }
            """);

        [Fact]
        public Task Given_away_before() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                void M(BackupNamespace ns)
                {
                    var held = locks.AcquireExclusive(ns);
                    Release(held);
                    using var asked = locks.AcquireShared(ns);
                }
            }
            """);

        [Fact]
        public Task Sequence_that_also_receives_a_namespace_elsewhere() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            foreach (var name in new List<BackupNamespace> { ns.Parent, ns2 })
            {
                using var asked = locks.TryAcquireShared(name);
            }
            """);

        [Fact]
        public Task Dynamic_call() => Verify.BodyAsync(
            """
            using var held = locks.AcquireExclusive(ns);
            dynamic anything = locks;
            using IDisposable asked = anything.AcquireShared(ns);
            """);
    }
}
