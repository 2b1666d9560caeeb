using Microsoft.CodeAnalysis.Testing;
namespace NamespaceLocking.Analyzers.Tests.Rules.NSL1xxx;

/// <summary>The operation requires a lock, and no guard is held.</summary>
public class NSL1001Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("{|NSL1001:store.Backup(ns)|};")]
        [InlineData("{|NSL1001:store.Delete(ns)|};")]
        [InlineData("await {|NSL1001:store.BackupAsync(ns)|};")]
        [InlineData("await {|NSL1001:store.DeleteAsync(ns)|}.ConfigureAwait(false);")]
        [InlineData("{|NSL1001:store.Backup(ns: ns)|};")]
        [InlineData("{|NSL1001:store.Backup(ns.Parent)|};")]
        [InlineData("{|NSL1001:store.Backup(BackupNamespace.Root)|};")]
        public Task An_operation_without_a_guard(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("if ({|NSL1001:store.Count(ns)|} > 0) { }")]
        [InlineData("var n = Math.Abs({|NSL1001:store.Count(ns)|});")]
        [InlineData("var n = flag ? {|NSL1001:store.Count(ns)|} : 0;")]
        [InlineData("var text = $\"{ {|NSL1001:store.Count(ns)|} } entries\";")]
        [InlineData("items.Add({|NSL1001:store.Count(ns)|});")]
        [InlineData("while (flag && {|NSL1001:store.Count(ns)|} > 3) { }")]
        [InlineData("throw new InvalidOperationException({|NSL1001:store.Count(ns)|}.ToString());")]
        public Task An_operation_inside_an_expression(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task An_operation_before_the_acquisition() => Verify.BodyAsync(
            """
            {|NSL1001:store.Backup(ns)|};
            using var guard = locks.AcquireShared(ns);
            store.Backup(ns);
            """);

        [Fact]
        public Task Several_requirements_of_one_operation_are_one_diagnostic() =>
            Verify.BodyAsync("{|NSL1001:store.Move(ns, ns2)|};");

        [Fact]
        public Task An_operation_on_a_receiver_that_may_be_null() => Verify.SourceAsync(
            """
            class C
            {
                void M(Datastore? store, BackupNamespace ns) => store?{|NSL1001:.Backup(ns)|};
            }
            """);

        [Fact]
        public Task A_property_that_requires_a_lock() => Cases.BodyAsync(
            """
            sealed class Entry(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public int Size => 1;
            }
            """,
            """
            var entry = new Entry(ns);
            var size = {|NSL1001:entry.Size|};
            """);

        [Fact]
        public Task A_requirement_that_names_no_namespace_and_has_no_parameter_is_on_this_Namespace() => Cases.BodyAsync(
            """
            sealed class Entry(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared)]
                public void Read() { }
            }
            """,
            """
            var entry = new Entry(ns);
            {|NSL1001:entry.Read()|};
            """);

        [Fact]
        public Task A_constructor_that_requires_a_lock() => Cases.BodyAsync(
            """
            sealed class Entry
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public Entry(BackupNamespace ns) { }
            }
            """,
            "var entry = {|NSL1001:new Entry(ns)|};");

        [Fact]
        public Task An_indexer_that_requires_a_lock() => Cases.BodyAsync(
            """
            sealed class Table
            {
                [RequiresLock(LockMode.Shared, "ns")]
                public int this[BackupNamespace ns] => 0;
            }
            """,
            """
            var table = new Table();
            var n = {|NSL1001:table[ns]|};
            """);

        [Fact]
        public Task A_static_method_that_requires_a_lock() => Cases.BodyAsync(
            """
            static class Tools
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public static void Prune(BackupNamespace ns) { }
            }
            """,
            "{|NSL1001:Tools.Prune(ns)|};");

        [Fact]
        public Task An_extension_method_that_requires_a_lock() => Cases.BodyAsync(
            """
            static class Tools
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public static void Prune(this Datastore store, BackupNamespace ns) { }
            }
            """,
            "{|NSL1001:store.Prune(ns)|};");

        [Fact]
        public Task A_generic_method_that_requires_a_lock() => Cases.BodyAsync(
            """
            static class Tools
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public static T Read<T>(BackupNamespace ns) where T : new() => new();
            }
            """,
            "var n = {|NSL1001:Tools.Read<int>(ns)|};");

        [Fact]
        public Task An_operation_of_a_type_parameter() => Verify.SourceAsync(
            """
            interface IStore
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void Read(BackupNamespace ns);
            }

            class C<T> where T : IStore
            {
                void M(T store, BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
            }
            """);

        [Fact]
        public Task An_implementation_inherits_the_requirement() => Verify.SourceAsync(
            """
            interface IStore
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void Read(BackupNamespace ns);
            }

            sealed class Memory : IStore
            {
                public void Read(BackupNamespace ns) { }
            }

            class C
            {
                void M(Memory store, BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
            }
            """);

        [Fact]
        public Task An_override_inherits_the_requirement() => Verify.SourceAsync(
            """
            abstract class Base
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public abstract void Clear(BackupNamespace ns);
            }

            sealed class Derived : Base
            {
                public override void Clear(BackupNamespace ns) { }
            }

            class C
            {
                void M(Derived store, BackupNamespace ns) => {|NSL1001:store.Clear(ns)|};
            }
            """);

        [Fact]
        public Task A_lambda_that_runs_during_the_call() =>
            Verify.BodyAsync("items.ForEach(_ => {|NSL1001:store.Backup(ns)|});");

        [Fact]
        public Task A_lambda_whose_task_is_awaited() =>
            Verify.BodyAsync("await Task.Run(() => {|NSL1001:store.Backup(ns)|});");

        [Fact]
        public Task A_property_getter() => Cases.MembersAsync(
            "int Count => {|NSL1001:_store.Count(BackupNamespace.Root)|};");

        [Fact]
        public Task An_iterator() => Cases.MembersAsync(
            """
            IEnumerable<int> Counts(BackupNamespace ns)
            {
                yield return {|NSL1001:_store.Count(ns)|};
            }
            """);

        [Fact]
        public Task A_delegate_whose_type_requires_a_lock() => Verify.SourceAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            delegate void Work(BackupNamespace ns);

            class C
            {
                void M(Work work, BackupNamespace ns) => {|NSL1001:work(ns)|};
            }
            """);

        [Fact]
        public Task A_constructor_body() => Verify.SourceAsync(
            """
            class C
            {
                C(Datastore store, BackupNamespace ns)
                {
                    {|NSL1001:store.Backup(ns)|};
                }
            }
            """);

        [Fact]
        public Task A_catch_clause_without_a_guard() => Verify.BodyAsync(
            """
            try
            {
                await Task.Delay(1, token);
            }
            catch (OperationCanceledException)
            {
                {|NSL1001:store.Backup(ns)|};
            }
            """);

        [Fact]
        public Task A_manager_is_not_a_guard() => Cases.MembersAsync(
            "void M(BackupNamespace ns, NamespaceLockManager manager) => {|NSL1001:_store.Backup(ns)|};");

        [Fact]
        public async Task The_annotation_is_an_additional_location()
        {
            var test = new Verify.Test
            {
                TestCode =
                    """
                    using NamespaceLocking;

                    class C
                    {
                        [{|#1:RequiresLock(LockMode.Shared, "ns")|}]
                        void Read(BackupNamespace ns) { }

                        void M(BackupNamespace ns) => {|#0:Read(ns)|};
                    }
                    """,
            };
            test.ExpectedDiagnostics.Add(DiagnosticResult.CompilerWarning("NSL1001").WithLocation(0).WithLocation(1));
            await test.RunAsync();
        }
    }

    public class Clean
    {
        [Theory]
        [InlineData("using var guard = locks.AcquireShared(ns); store.Backup(ns);")]
        [InlineData("using var guard = locks.AcquireExclusive(ns); store.Backup(ns);")]
        [InlineData("using var guard = locks.AcquireExclusive(ns); store.Delete(ns);")]
        [InlineData("using var guard = await locks.AcquireSharedAsync(ns); await store.BackupAsync(ns);")]
        [InlineData("await using var guard = await locks.AcquireExclusiveAsync(ns); await store.DeleteAsync(ns);")]
        [InlineData("using var guard = locks.AcquireExclusive(ns, ns2); store.Move(ns, ns2);")]
        [InlineData("using var guard = locks.AcquireShared(ns, TimeSpan.FromSeconds(5), token); store.Backup(ns);")]
        public Task An_operation_under_a_guard(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("var name = nameof(store.Backup);")]
        [InlineData("var type = typeof(Datastore);")]
        [InlineData("System.Linq.Expressions.Expression<Action> tree = () => store.Backup(ns);")]
        [InlineData("dynamic late = store; late.Backup(ns);")]
        [InlineData("return; store.Backup(ns);")]
        [InlineData("throw new InvalidOperationException(); store.Backup(ns);")]
        public Task Code_that_does_not_run_the_operation(string body) => Verify.BodyAsync(body);

        [Theory]
        [InlineData("var text = ns.ToString();")]
        [InlineData("var child = ns.Child(\"a\").Parent;")]
        [InlineData("var same = ns == ns2 || ns.Contains(ns2);")]
        [InlineData("items.Add(1);")]
        [InlineData("var name = locks.Store;")]
        public Task Code_that_requires_no_lock(string body) => Verify.BodyAsync(body);

        [Fact]
        public Task A_discarded_guard_is_reported_where_it_is_dropped_alone() => Verify.BodyAsync(
            """
            {|NSL2001:locks.AcquireShared(ns)|};
            store.Backup(ns);
            """);

        [Fact]
        public Task A_method_that_requires_the_lock_itself() => Cases.MembersAsync(
            """
            [RequiresLock(LockMode.Shared, nameof(ns))]
            void M(BackupNamespace ns) => _store.Backup(ns);
            """);

        [Fact]
        public Task A_method_that_is_handed_a_guard() => Cases.MembersAsync(
            "void M(NamespaceLockGuard guard) => _store.Backup(guard.Namespace);");

        [Fact]
        public Task A_method_that_asserts_the_lock() => Cases.MembersAsync(
            """
            void M(NamespaceLockGuard guard, BackupNamespace ns)
            {
                guard.ThrowIfNotShared(ns);
                _store.Backup(ns);
            }
            """);

        [Fact]
        public Task A_property_under_a_guard_on_the_receiver_s_namespace() => Cases.BodyAsync(
            """
            sealed class Entry(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared, "Namespace")]
                public int Size => 1;
            }
            """,
            """
            var entry = new Entry(ns);
            using var guard = locks.AcquireShared(entry.Namespace);
            var size = entry.Size;
            """);

        [Fact]
        public Task A_constructor_under_a_guard() => Cases.BodyAsync(
            """
            sealed class Entry
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public Entry(BackupNamespace ns) { }
            }
            """,
            """
            using var guard = locks.AcquireShared(ns);
            var entry = new Entry(ns);
            """);

        [Fact]
        public Task An_operation_in_a_lambda_that_runs_during_the_call() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            items.ForEach(_ => store.Backup(ns));
            """);

        [Fact]
        public Task An_overload_that_requires_nothing() => Cases.BodyAsync(
            """
            static class Tools
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public static void Print(BackupNamespace ns, bool content) { }

                public static void Print(BackupNamespace ns) { }
            }
            """,
            "Tools.Print(ns);");

        [Fact]
        public Task An_operation_on_a_receiver_that_may_be_null_under_a_guard() => Verify.SourceAsync(
            """
            class C
            {
                void M(Datastore? store, NamespaceLockManager locks, BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    store?.Backup(ns);
                }
            }
            """);

        [Fact]
        public Task An_override_that_calls_its_base_holds_what_it_inherits() => Verify.SourceAsync(
            """
            class Base
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public virtual void Clear(BackupNamespace ns) { }
            }

            sealed class Derived : Base
            {
                public override void Clear(BackupNamespace ns) => base.Clear(ns);
            }
            """);
    }
}
