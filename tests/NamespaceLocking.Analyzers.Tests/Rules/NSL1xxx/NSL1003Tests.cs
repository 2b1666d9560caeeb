namespace NamespaceLocking.Analyzers.Tests.Rules.NSL1xxx;

/// <summary>A guard is held, but on another namespace or another store.</summary>
public class NSL1003Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("using var guard = locks.AcquireShared(ns); {|NSL1003:store.Backup(ns2)|};")]
        [InlineData("using var guard = locks.AcquireExclusive(ns); {|NSL1003:store.Delete(ns2)|};")]
        [InlineData("using var guard = locks.AcquireExclusive(ns); {|NSL1003:store.Backup(ns2)|};")]
        [InlineData("using var guard = await locks.AcquireSharedAsync(ns); await {|NSL1003:store.BackupAsync(ns2)|};")]
        public Task Another_parameter(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("using var guard = locks.AcquireShared(ns); {|NSL1003:store.Backup(ns.Child(\"a\"))|};")]
        [InlineData("using var guard = locks.AcquireShared(ns); {|NSL1003:store.Delete(ns.Child(\"a\"))|};")]
        [InlineData("using var guard = locks.AcquireShared(ns.Parent); {|NSL1003:store.Backup(ns)|};")]
        [InlineData("using var guard = locks.AcquireShared(BackupNamespace.Root); {|NSL1003:store.Backup(ns)|};")]
        public Task A_shared_guard_above_does_not_cover_what_is_below(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("ns.Child(\"a\")", "ns.Child(\"b\")")]
        [InlineData("BackupNamespace.Parse(\"a\")", "BackupNamespace.Parse(\"b\")")]
        [InlineData("BackupNamespace.Parse(\"a/b\")", "BackupNamespace.Parse(\"a/bc\")")]
        [InlineData("BackupNamespace.Parse(\"a\")", "BackupNamespace.Parse(\"ab\")")]
        [InlineData("ns.Child(\"a\")", "ns2.Child(\"a\")")]
        public Task A_sibling(string held, string needed) => Verify.BodyAsync(
            $$"""
            using var guard = locks.AcquireExclusive({{held}});
            {|NSL1003:store.Backup({{needed}})|};
            """);

        [Fact]
        public Task A_variable_that_was_given_another_value() => Verify.BodyAsync(
            """
            var current = ns;
            using var guard = locks.AcquireShared(current);
            current = ns2;
            {|NSL1003:store.Backup(current)|};
            """);

        [Fact]
        public Task A_variable_that_was_written_by_a_call() => Cases.BodyAsync(
            "static class Tools { public static void Next(ref BackupNamespace ns) => ns = ns.Child(\"next\"); }",
            """
            var current = ns;
            using var guard = locks.AcquireShared(current);
            Tools.Next(ref current);
            {|NSL1003:store.Backup(current)|};
            """);

        [Fact]
        public Task A_variable_moved_below_its_guard() => Verify.BodyAsync(
            """
            var current = ns;
            using var guard = locks.AcquireShared(current);
            current = current.Child("a");
            {|NSL1003:store.Backup(current)|};
            """);

        [Fact]
        public Task A_parameter_that_was_written() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            ns = ns2;
            {|NSL1003:store.Backup(ns)|};
            """);

        [Fact]
        public Task One_of_the_two_namespaces_of_a_move() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireExclusive(ns);
            {|NSL1003:store.Move(ns, ns2)|};
            """);

        [Fact]
        public Task The_element_of_a_loop_under_a_guard_on_something_else() => Verify.BodyAsync(
            """
            var list = new[] { ns, ns2 };
            using var guard = locks.AcquireShared(ns);
            foreach (var element in list)
                {|NSL1003:store.Backup(element)|};
            """);

        [Fact]
        public Task The_branch_where_the_two_differ() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            if (ns == ns2)
                store.Backup(ns2);
            else
                {|NSL1003:store.Backup(ns2)|};
            """);

        [Fact]
        public Task Containment_the_wrong_way_round() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireExclusive(ns);
            if (ns2.Contains(ns))
                {|NSL1003:store.Delete(ns2.Child("a"))|};
            """);

        [Fact]
        public Task The_same_property_of_another_object() => Verify.SourceAsync(
            """
            record Job(BackupNamespace Namespace);

            class C
            {
                void M(Datastore store, NamespaceLockManager locks, Job first, Job second)
                {
                    using var guard = locks.AcquireShared(first.Namespace);
                    {|NSL1003:store.Backup(second.Namespace)|};
                }
            }
            """);

        [Fact]
        public Task A_field_that_was_written_between() => Verify.SourceAsync(
            """
            class C(Datastore store, NamespaceLockManager locks)
            {
                private BackupNamespace _current = BackupNamespace.Root;

                void M(BackupNamespace next)
                {
                    using var guard = locks.AcquireShared(_current);
                    _current = next;
                    {|NSL1003:store.Backup(_current)|};
                }
            }
            """);

        [Fact]
        public Task A_method_that_requires_the_lock_on_another_parameter() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(held))]
            void M(BackupNamespace held, BackupNamespace other) => {|NSL1003:_store.Backup(other)|};
            """);

        [Fact]
        public Task A_guard_parameter_says_nothing_about_another_parameter() => Cases.MembersAsync(
            "void M(NamespaceLockGuard guard, BackupNamespace ns) => {|NSL1003:_store.Backup(ns)|};");

        [Fact]
        public Task An_assertion_of_another_namespace() => Cases.MembersAsync(
            """
            void M(NamespaceLockGuard guard, BackupNamespace ns, BackupNamespace ns2)
            {
                guard.ThrowIfNotShared(ns);
                {|NSL1003:_store.Backup(ns2)|};
            }
            """);

        [Fact]
        public Task Another_store() => Verify.SourceAsync(
            Cases.Store +
            """

            class C
            {
                void M(Store source, Store target, BackupNamespace ns)
                {
                    using var guard = source.Lock(ns);
                    source.Read(ns);
                    {|NSL1003:target.Read(ns)|};
                }
            }
            """);

        [Fact]
        public Task A_lambda_that_works_on_another_namespace() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            items.ForEach(_ => {|NSL1003:store.Backup(ns2)|});
            """);

        [Fact]
        public Task A_namespace_made_at_run_time() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            {|NSL1003:store.Backup(BackupNamespace.Parse(Environment.MachineName))|};
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("ns", "ns")]
        [InlineData("ns", "ns.Parent")]
        [InlineData("ns", "ns.Parent.Parent")]
        [InlineData("ns", "BackupNamespace.Root")]
        [InlineData("ns.Child(\"a\")", "ns")]
        [InlineData("ns.Child(\"a\")", "ns.Child(\"a\")")]
        [InlineData("ns", "ns.Child(\"a\").Parent")]
        [InlineData("BackupNamespace.Parse(\"a/b\")", "BackupNamespace.Parse(\"a\")")]
        [InlineData("BackupNamespace.Parse(\"a\").Child(\"b\")", "BackupNamespace.Parse(\"a/b\")")]
        [InlineData("BackupNamespace.Parse(\"a\")", "BackupNamespace.Root")]
        public Task A_shared_guard_covers_its_namespace_and_all_above(string held, string needed) => Verify.BodyAsync(
            $$"""
            using var guard = locks.AcquireShared({{held}});
            store.Backup({{needed}});
            """);

        [Fact]
        public Task Two_guards_for_two_namespaces() => Verify.BodyAsync(
            """
            using var first = locks.AcquireShared(ns);
            using var second = locks.AcquireShared(ns2);
            store.Backup(ns2);
            store.Backup(ns);
            """);

        [Fact]
        public Task A_variable_given_another_value_before_the_guard() => Verify.BodyAsync(
            """
            var current = ns;
            current = ns2;
            using var guard = locks.AcquireShared(current);
            store.Backup(ns2);
            """);

        [Fact]
        public Task The_old_value_of_a_variable_stays_locked() => Verify.BodyAsync(
            """
            var current = ns;
            using var guard = locks.AcquireShared(current);
            current = ns2;
            store.Backup(ns);
            """);

        [Fact]
        public Task A_guard_for_each_element() => Verify.BodyAsync(
            """
            foreach (var element in new[] { ns, ns2 })
            {
                using var guard = locks.AcquireShared(element);
                store.Backup(element);
            }
            """);

        [Fact]
        public Task A_datastore_that_grants_no_locks_of_its_own_is_taken_as_the_same_store() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            store.Backup(ns);
            other.Backup(ns);
            """);

        [Fact]
        public Task The_same_property_of_the_same_object() => Verify.SourceAsync(
            """
            record Job(BackupNamespace Namespace);

            class C
            {
                void M(Datastore store, NamespaceLockManager locks, Job job)
                {
                    using var guard = locks.AcquireShared(job.Namespace);
                    store.Backup(job.Namespace);
                }
            }
            """);

        [Fact]
        public Task A_field_across_a_call() => Verify.SourceAsync(
            """
            class C(Datastore store, NamespaceLockManager locks)
            {
                private BackupNamespace _current = BackupNamespace.Root;

                void M()
                {
                    using var guard = locks.AcquireShared(_current);
                    Log();
                    store.Backup(_current);
                }

                void Log() { }
            }
            """);

        [Fact]
        public Task Namespaces_tested_as_equal() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            if (!ns.Equals(ns2))
                return;
            store.Backup(ns2);
            """);

        [Fact]
        public Task A_namespace_tested_to_lie_below_an_exclusive_guard() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireExclusive(ns);
            if (ns.Contains(ns2))
                store.Delete(ns2);
            """);

        [Fact]
        public Task Each_store_under_its_own_guard() => Verify.SourceAsync(
            Cases.Store +
            """

            class C
            {
                void M(Store source, Store target, BackupNamespace ns)
                {
                    using var first = source.Lock(ns);
                    using var second = target.LockExclusive(ns);
                    source.Read(ns);
                    target.Write(ns);
                }
            }
            """);
    }
}
