using Microsoft.CodeAnalysis.Testing;
namespace NamespaceLocking.Analyzers.Tests.Rules.NSL1xxx;

/// <summary>The operation requires an exclusive lock, and only a shared guard that covers the namespace is held.</summary>
public class NSL1002Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("using var guard = locks.AcquireShared(ns); {|NSL1002:store.Delete(ns)|};")]
        [InlineData("using (locks.AcquireShared(ns)) {|NSL1002:store.Delete(ns)|};")]
        [InlineData("using var guard = await locks.AcquireSharedAsync(ns); await {|NSL1002:store.DeleteAsync(ns)|};")]
        [InlineData("await using var guard = await locks.AcquireSharedAsync(ns); {|NSL1002:store.Delete(ns)|};")]
        public Task Exclusive_work_under_a_shared_guard(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task A_tested_Try_result() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireShared(ns);
            if (guard is null)
                return;
            {|NSL1002:store.Delete(ns)|};
            """);

        [Fact]
        public Task A_copy_of_the_namespace() => Verify.BodyAsync(
            """
            var copy = ns;
            using var guard = locks.AcquireShared(copy);
            {|NSL1002:store.Delete(ns)|};
            """);

        [Fact]
        public Task A_namespace_tested_as_equal() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            if (ns == ns2)
                {|NSL1002:store.Delete(ns2)|};
            """);

        [Fact]
        public Task The_same_constant() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(BackupNamespace.Parse("a/b"));
            {|NSL1002:store.Delete(BackupNamespace.Parse("a/b"))|};
            """);

        [Fact]
        public Task Both_namespaces_of_a_move() => Verify.BodyAsync(
            """
            using var first = locks.AcquireShared(ns);
            using var second = locks.AcquireShared(ns2);
            {|NSL1002:store.Move(ns, ns2)|};
            """);

        [Fact]
        public Task One_namespace_of_a_move() => Verify.BodyAsync(
            """
            using var first = locks.AcquireExclusive(ns);
            using var second = locks.AcquireShared(ns2);
            {|NSL1002:store.Move(ns, ns2)|};
            """);

        [Fact]
        public Task A_shared_guard_beside_an_exclusive_one_elsewhere() => Verify.BodyAsync(
            """
            using var first = locks.AcquireExclusive(ns2);
            using var second = locks.AcquireShared(ns);
            {|NSL1002:store.Delete(ns)|};
            """);

        [Fact]
        public Task A_method_that_requires_a_shared_lock_itself() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            void M(BackupNamespace ns) => {|NSL1002:_store.Delete(ns)|};
            """);

        [Fact]
        public Task A_guard_parameter_of_which_nothing_is_said() => Cases.MembersAsync(
            "void M(NamespaceLockGuard guard) => {|NSL1002:_store.Delete(guard.Namespace)|};");

        [Fact]
        public Task A_shared_assertion() => Cases.MembersAsync(
            """
            void M(NamespaceLockGuard guard, BackupNamespace ns)
            {
                guard.ThrowIfNotShared(ns);
                {|NSL1002:_store.Delete(ns)|};
            }
            """);

        [Fact]
        public Task Every_way_here_took_a_shared_guard() => Verify.BodyAsync(
            """
            using var guard = flag ? locks.AcquireShared(ns) : locks.AcquireShared(ns, TimeSpan.FromSeconds(1));
            {|NSL1002:store.Delete(ns)|};
            """);

        [Fact]
        public Task A_lambda_that_runs_during_the_call() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            items.ForEach(_ => {|NSL1002:store.Delete(ns)|});
            """);

        [Fact]
        public Task A_local_function_called_under_a_shared_guard() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            Clear();
            void Clear() => {|NSL1002:store.Delete(ns)|};
            """);

        [Fact]
        public Task The_namespace_of_the_guard() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            {|NSL1002:store.Delete(guard.Namespace)|};
            """);

        [Fact]
        public Task A_guard_handed_on_by_a_member_of_the_same_type() => Cases.MembersAsync(
            """
            private NamespaceLockGuard Open(BackupNamespace n) => _locks.AcquireShared(n);

            void M(BackupNamespace ns)
            {
                using var guard = Open(ns);
                {|NSL1002:_store.Delete(ns)|};
            }
            """);

        [Fact]
        public Task A_composite_of_a_shared_guard() => Cases.BodyAsync(
            Cases.Wrapper,
            """
            using var guard = new Wrapper(locks.AcquireShared(ns));
            {|NSL1002:store.Delete(ns)|};
            """);

        [Fact]
        public Task Inside_a_loop() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            foreach (var item in items)
                {|NSL1002:store.Delete(ns)|};
            """);

        [Fact]
        public Task Inside_a_finally() => Verify.BodyAsync(
            """
            var guard = locks.AcquireShared(ns);
            try
            {
                store.Backup(ns);
            }
            finally
            {
                using (guard)
                    {|NSL1002:store.Delete(ns)|};
            }
            """);

        [Fact]
        public async Task The_guard_and_then_the_annotation_that_asks_for_more_are_additional_locations()
        {
            var test = new Verify.Test
            {
                TestCode =
                    """
                    using NamespaceLocking;

                    class C
                    {
                        [{|#2:RequiresLock(LockMode.Exclusive, "ns")|}]
                        void Delete(BackupNamespace ns) { }

                        void M(NamespaceLockManager locks, BackupNamespace ns)
                        {
                            using var guard = {|#1:locks.AcquireShared(ns)|};
                            {|#0:Delete(ns)|};
                        }
                    }
                    """,
            };
            test.ExpectedDiagnostics.Add(DiagnosticResult.CompilerWarning("NSL1002").WithLocation(0).WithLocation(1).WithLocation(2));
            await test.RunAsync();
        }
    }

    public class Clean
    {
        [Theory]
        [InlineData("using var guard = locks.AcquireExclusive(ns); store.Delete(ns);")]
        [InlineData("using var guard = await locks.AcquireExclusiveAsync(ns); await store.DeleteAsync(ns);")]
        [InlineData("using var guard = locks.AcquireExclusive(ns); store.Delete(ns.Child(\"a\"));")]
        [InlineData("using var guard = locks.AcquireExclusive(ns); store.Delete(ns.Child(\"a\").Child(\"b\"));")]
        [InlineData("using var guard = locks.AcquireExclusive(BackupNamespace.Root); store.Delete(ns);")]
        [InlineData("using var guard = locks.AcquireExclusive(BackupNamespace.Root); store.Move(ns, ns2);")]
        [InlineData("using var guard = locks.AcquireExclusive(ns); store.Move(ns.Child(\"a\"), ns.Child(\"b\"));")]
        [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns);")]
        [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns.Parent);")]
        public Task A_guard_that_covers(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task A_tested_Try_result() => Verify.BodyAsync(
            """
            using var guard = locks.TryAcquireExclusive(ns);
            if (guard is not null)
                store.Delete(ns);
            """);

        [Fact]
        public Task Shared_work_and_exclusive_work_one_after_the_other() => Verify.BodyAsync(
            """
            using (locks.AcquireShared(ns))
                store.Backup(ns);
            using (locks.AcquireExclusive(ns))
                store.Delete(ns);
            """);

        [Fact]
        public Task Two_exclusive_guards_for_a_move() => Verify.BodyAsync(
            """
            using var first = locks.AcquireExclusive(ns);
            using var second = locks.AcquireExclusive(ns2);
            store.Move(ns, ns2);
            """);

        [Fact]
        public Task A_shared_guard_elsewhere_does_not_matter() => Verify.BodyAsync(
            """
            using var first = locks.AcquireShared(ns2);
            using var second = locks.AcquireExclusive(ns);
            store.Delete(ns);
            store.Backup(ns2);
            """);

        [Fact]
        public Task A_method_that_requires_the_exclusive_lock_itself() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            void M(BackupNamespace ns)
            {
                _store.Backup(ns);
                _store.Delete(ns);
            }
            """);

        [Fact]
        public Task A_guard_parameter_that_must_be_exclusive() => Cases.MembersAsync(
            """
            void M([RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard guard, BackupNamespace ns) => _store.Delete(ns);
            """);

        [Fact]
        public Task An_exclusive_assertion() => Cases.MembersAsync(
            """
            void M(NamespaceLockGuard guard, BackupNamespace ns)
            {
                guard.ThrowIfNotExclusive(ns);
                _store.Delete(ns);
            }
            """);

        [Fact]
        public Task Every_way_here_took_an_exclusive_guard() => Verify.BodyAsync(
            """
            using var guard = flag ? locks.AcquireExclusive(ns) : locks.AcquireExclusive(ns.Parent);
            store.Delete(ns);
            """);

        [Fact]
        public Task A_guard_type_that_holds_the_exclusive_lock() => Cases.BodyAsync(
            Cases.Session,
            """
            using var session = new Session(locks, ns);
            store.Delete(ns);
            """);

        [Fact]
        public Task The_namespace_of_an_exclusive_guard() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireExclusive(ns);
            store.Delete(guard.Namespace);
            """);

        [Fact]
        public Task A_move_within_a_namespace_tested_to_contain_both() => Verify.BodyAsync(
            """
            var top = BackupNamespace.Parse("tenants");
            if (!top.Contains(ns) || !top.Contains(ns2))
                return;
            using var guard = locks.AcquireExclusive(top);
            store.Move(ns, ns2);
            """);
    }
}
