namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>Exclusive asked for while a shared guard on that namespace, or below it, is held.</summary>
public static class NSL3001Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("using var lower = locks.AcquireShared(ns); using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};")]
        [InlineData("using var lower = locks.AcquireShared(ns); using var upper = {|NSL3001:locks.TryAcquireExclusive(ns)|};")]
        [InlineData("using var lower = await locks.AcquireSharedAsync(ns); using var upper = await {|NSL3001:locks.AcquireExclusiveAsync(ns)|};")]
        [InlineData("using (locks.AcquireShared(ns)) using ({|NSL3001:locks.AcquireExclusive(ns)|}) store.Delete(ns);")]
        [InlineData("await using (await locks.AcquireSharedAsync(ns)) await using (await {|NSL3001:locks.AcquireExclusiveAsync(ns)|}) store.Delete(ns);")]
        public Task Same_namespace(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("ns", "ns.Parent")]
        [InlineData("ns", "ns.Parent.Parent")]
        [InlineData("ns", "BackupNamespace.Root")]
        [InlineData("""ns.Child("a")""", "ns")]
        [InlineData("""ns.Child("a").Child("b")""", "ns")]
        [InlineData("""ns.Child("a").Child("b")""", """ns.Child("a")""")]
        public Task Namespace_above(string held, string asked) => Verify.BodyAsync(
            $$"""
            using var lower = locks.AcquireShared({{held}});
            using var upper = {|NSL3001:locks.AcquireExclusive({{asked}})|};
            """);

        [Theory]
        [InlineData("""ns.Child("a")""", """ns.Child("a")""")]
        [InlineData("""ns.Child("a").Parent""", "ns")]
        [InlineData("ns.Parent", "ns.Parent")]
        public Task Same_namespace_written_in_two_ways(string held, string asked) => Verify.BodyAsync(
            $$"""
            using var lower = locks.AcquireShared({{held}});
            using var upper = {|NSL3001:locks.AcquireExclusive({{asked}})|};
            """);

        [Theory]
        [InlineData("""BackupNamespace.Parse("a/b")""", """BackupNamespace.Parse("a/b")""")]
        [InlineData("""BackupNamespace.Parse("a/b")""", """BackupNamespace.Parse("a")""")]
        [InlineData("""BackupNamespace.Parse("a").Child("b")""", """BackupNamespace.Parse("a/b")""")]
        [InlineData("""BackupNamespace.Parse("a/b/c")""", """BackupNamespace.Parse("a/b/c").Parent""")]
        [InlineData("""BackupNamespace.Parse("a")""", "BackupNamespace.Root")]
        [InlineData("BackupNamespace.Root", "BackupNamespace.Root")]
        public Task Constants(string held, string asked) => Verify.BodyAsync(
            $$"""
            using var lower = locks.AcquireShared({{held}});
            using var upper = {|NSL3001:locks.AcquireExclusive({{asked}})|};
            """);

        [Fact]
        public Task Copy_of_the_namespace() => Verify.BodyAsync(
            """
            var copy = ns;
            using var lower = locks.AcquireShared(ns);
            using var upper = {|NSL3001:locks.AcquireExclusive(copy)|};
            """);

        [Fact]
        public Task Namespace_of_the_guard() => Verify.BodyAsync(
            """
            using var lower = locks.AcquireShared(ns);
            using var upper = {|NSL3001:locks.AcquireExclusive(lower.Namespace)|};
            """);

        [Theory]
        [InlineData("ns == ns2")]
        [InlineData("ns.Equals(ns2)")]
        [InlineData("ns2.Contains(ns)")]
        public Task Relation_that_was_tested(string test) => Verify.BodyAsync(
            $$"""
            using var lower = locks.AcquireShared(ns);
            if ({{test}})
            {
                using var upper = {|NSL3001:locks.AcquireExclusive(ns2)|};
            }
            """);

        [Fact]
        public Task One_of_two_namespaces_asked_for() => Verify.BodyAsync(
            """
            using var lower = locks.AcquireShared(ns);
            using var both = {|NSL3001:locks.AcquireExclusive(ns2, ns)|};
            """);

        [Fact]
        public Task Waiting_for_it_is_the_same_mistake() => Verify.BodyAsync(
            """
            using var lower = locks.AcquireShared(ns);
            using var upper = {|NSL3001:locks.AcquireExclusive(ns.Parent, TimeSpan.FromSeconds(5))|};
            """);

        [Theory]
        [InlineData("if (lower is null) return;")]
        [InlineData("if (lower == null) return;")]
        [InlineData("if (null == lower) return;")]
        [InlineData("if (lower is null || flag) return;")]
        [InlineData("if (flag || lower == null) return;")]
        [InlineData("while (lower is null) return;")]
        [InlineData("if (!(lower is not null)) return;")]
        [InlineData("if (lower is not { } tested) return;")]
        [InlineData("ArgumentNullException.ThrowIfNull(lower);")]
        [InlineData("var missing = lower is null; if (missing) return;")]
        [InlineData("_ = lower ?? throw new InvalidOperationException();")]
        public Task Held_by_a_tested_Try(string test) => Verify.BodyAsync(
            $$"""
            using var lower = locks.TryAcquireShared(ns);
            {{test}}
            using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
            """);

        [Theory]
        [InlineData("lower is not null")]
        [InlineData("lower != null")]
        [InlineData("null != lower")]
        [InlineData("lower is { }")]
        [InlineData("lower is { } tested")]
        [InlineData("lower is NamespaceLockGuard")]
        [InlineData("lower is not null && flag")]
        [InlineData("flag && lower is not null")]
        [InlineData("!(lower is null)")]
        public Task Held_in_the_branch_where_the_Try_succeeded(string test) => Verify.BodyAsync(
            $$"""
            using var lower = locks.TryAcquireShared(ns);
            if ({{test}})
            {
                using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
            }
            """);

        [Fact]
        public Task Held_after_a_loop_that_retries_the_Try() => Verify.BodyAsync(
            """
            NamespaceLockGuard? lower;
            while ((lower = locks.TryAcquireShared(ns)) is null)
                await Task.Delay(10, token);
            using (lower)
            {
                using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
            }
            """);

        [Theory]
        [InlineData("if (lower is null) Fail();")]
        [InlineData("Check(lower);")]
        [InlineData("Demand(lower is not null);")]
        public Task Held_after_a_call_that_returns_only_if_the_Try_succeeded(string call) => Verify.SourceAsync(
            $$"""
            using System.Diagnostics.CodeAnalysis;

            class C(NamespaceLockManager locks)
            {
                [DoesNotReturn]
                static void Fail() => throw new InvalidOperationException();

                static void Check([NotNull] object? value)
                {
                    if (value is null)
                        throw new InvalidOperationException();
                }

                static void Demand([DoesNotReturnIf(false)] bool condition)
                {
                    if (!condition)
                        throw new InvalidOperationException();
                }

                void M(BackupNamespace ns)
                {
                    using var lower = locks.TryAcquireShared(ns);
                    {{call}}
                    using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
                }
            }
            """);

        [Fact]
        public Task Held_because_the_member_requires_it() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void M(BackupNamespace ns)
                {
                    using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
                }
            }
            """);

        [Fact]
        public Task Held_by_a_guard_parameter() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(NamespaceLockGuard guard)
                {
                    using var upper = {|NSL3001:locks.AcquireExclusive(guard.Namespace)|};
                }
            }
            """);

        [Fact]
        public Task Held_by_a_guard_parameter_as_its_annotation_says() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns, [RequiresLock(LockMode.Shared, nameof(ns))] NamespaceLockGuard guard)
                {
                    using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
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
                    guard.ThrowIfNotShared(ns);
                    using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
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

                [AcquiresLock(LockMode.Shared, "this.Namespace")]
                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    _locks = locks;
                    Namespace = ns;
                    _guard = locks.AcquireShared(ns);
                }

                public BackupNamespace Namespace { get; }

                public void Upgrade()
                {
                    using var upper = {|NSL3001:_locks.AcquireExclusive(Namespace)|};
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
                    foreach (var child in Below(ns).OrderBy(item => item.Depth))
                    {
                        using var lower = locks.AcquireShared(child);
                        using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
                    }
                }
            }
            """);

        [Fact]
        public Task Property_below() => Verify.SourceAsync(
            """
            class Job(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [DescendantOf("this.Namespace")]
                public BackupNamespace Scratch => Namespace.Child("scratch");
            }

            class C(NamespaceLockManager locks)
            {
                void M(Job job)
                {
                    using var lower = locks.AcquireShared(job.Scratch);
                    using var upper = {|NSL3001:locks.AcquireExclusive(job.Namespace)|};
                }
            }
            """);

        [Fact]
        public Task Parameter_above() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns, [AncestorOf(nameof(ns))] BackupNamespace above)
                {
                    using var lower = locks.AcquireShared(ns);
                    using var upper = {|NSL3001:locks.AcquireExclusive(above)|};
                }
            }
            """);

        [Fact]
        public Task Every_path_holds_it() => Verify.BodyAsync(
            """
            NamespaceLockGuard lower;
            if (flag)
                lower = locks.AcquireShared(ns);
            else
                lower = await locks.AcquireSharedAsync(ns);
            using (lower)
            {
                using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
            }
            """);

        [Fact]
        public Task Inside_a_try_with_the_release_in_finally() => Verify.BodyAsync(
            """
            var lower = locks.AcquireShared(ns);
            try
            {
                using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
            }
            finally
            {
                lower.Dispose();
            }
            """);

        [Fact]
        public Task Inside_a_loop() => Verify.BodyAsync(
            """
            using var lower = locks.AcquireShared(ns);
            foreach (var item in items)
            {
                using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
            }
            """);

        [Fact]
        public Task Held_across_a_yield() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                IEnumerable<int> M(BackupNamespace ns)
                {
                    using var lower = locks.AcquireShared(ns);
                    yield return 1;
                    using var upper = {|NSL3001:locks.AcquireExclusive(ns)|};
                }
            }
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            using var lower = locks.AcquireShared(BackupNamespace.Root);
            using var upper = {|NSL3001:locks.AcquireExclusive(BackupNamespace.Root)|};
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("ns", "ns2")]
        [InlineData("ns", """ns.Child("a")""")]
        [InlineData("ns.Parent", "ns")]
        [InlineData("ns.Parent.Parent", "ns")]
        [InlineData("ns.Parent", """ns.Child("a")""")]
        [InlineData("""ns.Child("a").Parent""", """ns.Child("a")""")]
        [InlineData("BackupNamespace.Root", "ns")]
        [InlineData("""ns.Child("a")""", """ns.Child("b")""")]
        [InlineData("""ns.Child("a").Child("x")""", """ns.Child("b")""")]
        [InlineData("""BackupNamespace.Parse("a/b")""", """BackupNamespace.Parse("a/c")""")]
        [InlineData("""BackupNamespace.Parse("ab")""", """BackupNamespace.Parse("a")""")]
        [InlineData("""BackupNamespace.Parse("a/bc")""", """BackupNamespace.Parse("a/b")""")]
        [InlineData("""BackupNamespace.Parse("a")""", """BackupNamespace.Parse("a/b")""")]
        [InlineData("""BackupNamespace.Parse("a/b")""", """BackupNamespace.Parse("b")""")]
        [InlineData("""BackupNamespace.Parse("b")""", """BackupNamespace.Parse("a/b")""")]
        [InlineData("""BackupNamespace.Parse("a/b")""", """BackupNamespace.Parse("b/a")""")]
        [InlineData("BackupNamespace.Root", """BackupNamespace.Parse("a")""")]
        public Task Exclusive_beside_or_below_a_shared_guard(string held, string asked) => Verify.BodyAsync(
            $$"""
            using var guard = locks.AcquireShared({{held}});
            using var asked = locks.AcquireExclusive({{asked}});
            """);

        [Theory]
        [InlineData("ns")]
        [InlineData("ns.Parent")]
        [InlineData("""ns.Child("a")""")]
        [InlineData("""ns.Child("a").Parent""")]
        [InlineData("BackupNamespace.Root")]
        [InlineData("ns2")]
        public Task Shared_with_shared(string asked) => Verify.BodyAsync(
            $$"""
            using var guard = locks.AcquireShared(ns);
            using var asked = locks.AcquireShared({{asked}});
            """);

        [Theory]
        [InlineData("using (locks.AcquireShared(ns)) store.Backup(ns);")]
        [InlineData("{ using var guard = locks.AcquireShared(ns); store.Backup(ns); }")]
        [InlineData("locks.AcquireShared(ns).Dispose();")]
        [InlineData("using (await locks.AcquireSharedAsync(ns)) await store.BackupAsync(ns);")]
        [InlineData("if (flag) { using var guard = locks.AcquireShared(ns); store.Backup(ns); }")]
        [InlineData("var guard = locks.AcquireShared(ns); try { store.Backup(ns); } finally { guard.Dispose(); }")]
        [InlineData("var guard = locks.AcquireShared(ns); if (flag) guard.Dispose(); else await guard.DisposeAsync();")]
        [InlineData("var guard = locks.AcquireShared(ns); guard.Dispose();")]
        [InlineData("var guard = locks.AcquireShared(ns); await guard.DisposeAsync();")]
        public Task Released_before(string before) => Verify.BodyAsync(
            $$"""
            {{before}}
            using var upper = locks.AcquireExclusive(ns);
            store.Delete(ns);
            """);

        [Fact]
        public Task Given_away_before() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                void M(BackupNamespace ns)
                {
                    Release(locks.AcquireShared(ns));
                    using var upper = locks.AcquireExclusive(ns);
                }
            }
            """);

        [Fact]
        public Task Shared_in_one_branch_and_exclusive_in_the_other() => Verify.BodyAsync(
            """
            if (flag)
            {
                using var read = locks.AcquireShared(ns);
                store.Backup(ns);
            }
            else
            {
                using var write = locks.AcquireExclusive(ns);
                store.Delete(ns);
            }
            """);

        [Fact]
        public Task Mode_chosen_by_a_conditional() => Verify.BodyAsync(
            """
            using var guard = flag ? locks.AcquireShared(ns) : locks.AcquireExclusive(ns);
            store.Backup(ns);
            """);

        [Fact]
        public Task Exclusive_in_the_catch_after_the_using_of_the_try() => Verify.BodyAsync(
            """
            try
            {
                using var read = locks.AcquireShared(ns);
                store.Backup(ns);
            }
            catch (InvalidOperationException)
            {
                using var write = locks.AcquireExclusive(ns);
                store.Delete(ns);
            }
            """);

        [Fact]
        public Task Shared_and_exclusive_in_alternate_rounds() => Verify.BodyAsync(
            """
            for (var round = 0; round < 4; round++)
            {
                using var guard = round % 2 == 0 ? locks.AcquireShared(ns) : locks.AcquireExclusive(ns);
                store.Backup(ns);
            }
            """);

        [Fact]
        public Task Shared_first_and_exclusive_where_it_was_not_enough() => Verify.BodyAsync(
            """
            var stale = false;
            using (locks.AcquireShared(ns))
                stale = store.Count(ns) > 0;
            if (stale)
            {
                using var write = locks.AcquireExclusive(ns);
                store.Delete(ns);
            }
            """);

        [Fact]
        public Task Member_that_requires_a_lock_on_another_namespace() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [RequiresLock(LockMode.Shared, nameof(source))]
                void M(BackupNamespace source, BackupNamespace target)
                {
                    using var write = locks.AcquireExclusive(target);
                }
            }
            """);

        [Fact]
        public Task Guard_parameter_on_a_namespace_of_its_own() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(NamespaceLockGuard guard, BackupNamespace ns)
                {
                    guard.ThrowIfNotShared(guard.Namespace);
                    using var write = locks.AcquireExclusive(ns);
                }
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
                    using var read = locks.AcquireShared(first.Namespace);
                    using var write = locks.AcquireExclusive(second.Namespace);
                }
            }
            """);

        [Fact]
        public Task Text_that_is_not_constant() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(string first, string second)
                {
                    using var read = locks.AcquireShared(BackupNamespace.Parse(first));
                    using var write = locks.AcquireExclusive(BackupNamespace.Parse(second));
                }
            }
            """);

        [Fact]
        public Task Element_above_may_be_any_of_a_sequence() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(IReadOnlyList<BackupNamespace> names)
                {
                    using var read = locks.AcquireShared(names[0]);
                    foreach (var name in names.Skip(1))
                    {
                        using var write = locks.AcquireExclusive(name);
                    }
                }
            }
            """);

        [Fact]
        public Task Local_function_that_nobody_calls_under_the_guard() => Verify.BodyAsync(
            """
            Purge();
            using var read = locks.AcquireShared(ns);
            store.Backup(ns);

            void Purge()
            {
                using var write = locks.AcquireExclusive(ns);
                store.Delete(ns);
            }
            """);

        [Fact]
        public Task Held_on_one_path_only() => Verify.BodyAsync(
            """
            using var lower = flag ? locks.AcquireShared(ns) : null;
            using var upper = locks.TryAcquireExclusive(ns);
            """);

        [Fact]
        public Task Try_result_not_tested() => Verify.BodyAsync(
            """
            using var lower = locks.TryAcquireShared(ns);
            using var upper = locks.TryAcquireExclusive(ns);
            """);

        [Theory]
        [InlineData("lower is null")]
        [InlineData("lower == null")]
        [InlineData("!(lower is { })")]
        public Task Branch_where_the_Try_failed(string test) => Verify.BodyAsync(
            $$"""
            using var lower = locks.TryAcquireShared(ns);
            if ({{test}})
            {
                using var upper = locks.AcquireExclusive(ns);
                store.Delete(ns);
            }
            """);

        [Fact]
        public Task Null_forgiving_operator_is_not_a_test() => Verify.BodyAsync(
            """
            using var lower = locks.TryAcquireShared(ns)!;
            using var upper = locks.TryAcquireExclusive(ns);
            """);

        [Fact]
        public Task Debug_assertion_is_not_a_test() => Verify.BodyAsync(
            """
            using var lower = locks.TryAcquireShared(ns);
            System.Diagnostics.Debug.Assert(lower is not null);
            using var upper = locks.TryAcquireExclusive(ns);
            """);

        [Fact]
        public Task Two_stores() => Verify.SourceAsync(
            """
            class C
            {
                void M(NamespaceLockManager source, NamespaceLockManager target, BackupNamespace ns)
                {
                    using var read = source.AcquireShared(ns);
                    using var write = target.AcquireExclusive(ns);
                }
            }
            """);

        [Fact]
        public Task Stores_in_two_fields() => Verify.SourceAsync(
            """
            class Copier(NamespaceLockManager source, NamespaceLockManager target)
            {
                private readonly NamespaceLockManager _source = source;
                private readonly NamespaceLockManager _target = target;

                void M(BackupNamespace ns)
                {
                    using var read = _source.AcquireShared(ns);
                    using var write = _target.AcquireExclusive(ns);
                }
            }
            """);

        [Fact]
        public Task Stores_of_two_owners() => Verify.SourceAsync(
            """
            record Site(NamespaceLockManager Locks);

            class C
            {
                void M(Site source, Site target, BackupNamespace ns)
                {
                    using var read = source.Locks.AcquireShared(ns);
                    using var write = target.Locks.AcquireExclusive(ns);
                }
            }
            """);

        [Fact]
        public Task Variable_reassigned_between() => Verify.BodyAsync(
            """
            var current = ns;
            using var lower = locks.AcquireShared(current);
            current = ns2;
            using var upper = locks.AcquireExclusive(current);
            """);

        [Fact]
        public Task Property_written_between() => Verify.SourceAsync(
            """
            class Job
            {
                public BackupNamespace Namespace { get; set; } = BackupNamespace.Root;
            }

            class C(NamespaceLockManager locks)
            {
                void M(Job job, BackupNamespace ns)
                {
                    using var lower = locks.AcquireShared(job.Namespace);
                    job.Namespace = ns;
                    using var upper = locks.AcquireExclusive(job.Namespace);
                }
            }
            """);

        [Fact]
        public Task Loop_variable_is_new_in_each_round() => Verify.BodyAsync(
            """
            foreach (var name in new[] { ns, ns2 })
            {
                using (locks.AcquireShared(name))
                    store.Backup(name);
                using (locks.AcquireExclusive(name))
                    store.Delete(name);
            }
            """);

        [Fact]
        public Task Equality_tested_on_the_other_branch() => Verify.BodyAsync(
            """
            using var lower = locks.AcquireShared(ns);
            if (ns != ns2)
            {
                using var upper = locks.AcquireExclusive(ns2);
            }
            """);

        [Fact]
        public Task Containment_the_other_way_round() => Verify.BodyAsync(
            """
            using var upper = locks.AcquireShared(ns);
            if (ns != ns2 && ns.Contains(ns2))
            {
                using var lower = locks.AcquireExclusive(ns2);
            }
            """);

        [Fact]
        public Task Children_by_different_names() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns, string first, string second)
                {
                    using var read = locks.AcquireShared(ns.Child(first));
                    using var write = locks.AcquireExclusive(ns.Child(second));
                }
            }
            """);

        [Fact]
        public Task Member_that_requires_shared_takes_exclusive_below() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void M(BackupNamespace ns)
                {
                    using var scratch = locks.AcquireExclusive(ns.Child("scratch"));
                }
            }
            """);

        [Fact]
        public Task Lambda_handed_to_a_callee_whose_body_is_unknown() => Verify.BodyAsync(
            """
            using var lower = locks.AcquireShared(ns);
            items.ForEach(item =>
            {
                using var upper = locks.AcquireExclusive(ns);
            });
            """);

        [Fact]
        public Task Lambda_stored_to_run_later() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                private Action? _later;

                void M(BackupNamespace ns)
                {
                    using var lower = locks.AcquireShared(ns);
                    _later = () =>
                    {
                        using var upper = locks.AcquireExclusive(ns);
                        store.Delete(ns);
                    };
                }

                void Run() => _later?.Invoke();
            }
            """);

        [Fact]
        public Task Guard_without_a_namespace_has_no_part_in_it() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns)
                {
                    using var snapshot = new Snapshot();
                    using var guard = locks.AcquireExclusive(ns);
                }
            }
            """);

        [Fact]
        public Task Unreachable_code() => Verify.BodyAsync(
            """
            using var lower = locks.AcquireShared(ns);
            return;
            using var upper = locks.AcquireExclusive(ns);
            """);
    }
}
