namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>The call acquires, itself or further down, what a guard held here rules out.</summary>
public static class NSL3004Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("locks.AcquireShared(ns)", "locks.AcquireExclusive(target)")]
        [InlineData("locks.AcquireExclusive(ns)", "locks.AcquireShared(target)")]
        [InlineData("locks.AcquireExclusive(ns)", "locks.AcquireExclusive(target)")]
        [InlineData("""locks.AcquireShared(ns.Child("a"))""", "locks.AcquireExclusive(target)")]
        [InlineData("locks.AcquireExclusive(ns.Parent)", "locks.AcquireShared(target)")]
        [InlineData("locks.AcquireShared(ns)", "locks.AcquireExclusive(target.Parent)")]
        [InlineData("locks.AcquireShared(ns)", "locks.AcquireExclusive(BackupNamespace.Root)")]
        public Task Callee_acquires_what_the_guard_rules_out(string held, string acquired) => Verify.SourceAsync(
            $$"""
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = {{acquired}};
                }

                void M(BackupNamespace ns)
                {
                    using var guard = {{held}};
                    {|NSL3004:Purge(ns)|};
                }
            }
            """);

        [Fact]
        public Task Asynchronous_callee() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                private async Task PurgeAsync(BackupNamespace ns)
                {
                    await using var guard = await locks.AcquireExclusiveAsync(ns);
                    await store.DeleteAsync(ns);
                }

                async Task M(BackupNamespace ns)
                {
                    await using var guard = await locks.AcquireSharedAsync(ns);
                    await {|NSL3004:PurgeAsync(ns)|};
                }
            }
            """);

        [Fact]
        public Task Through_several_calls() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace first)
                {
                    using var guard = locks.AcquireExclusive(first);
                }

                private void Sweep(BackupNamespace second) => Purge(second);

                private void Maintain(BackupNamespace third)
                {
                    Console.WriteLine();
                    Sweep(third);
                }

                void M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:Maintain(ns)|};
                }
            }
            """);

        [Fact]
        public Task Through_a_call_that_goes_one_level_up() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                }

                private void PurgeParent(BackupNamespace target) => Purge(target.Parent);

                void M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:PurgeParent(ns)|};
                }
            }
            """);

        [Fact]
        public Task Recursive_callee() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Walk(BackupNamespace target, int depth)
                {
                    if (depth > 0)
                        Walk(target, depth - 1);
                    using var guard = locks.AcquireExclusive(target);
                }

                void M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:Walk(ns, 3)|};
                }
            }
            """);

        [Fact]
        public Task Callees_that_call_each_other() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Even(BackupNamespace target, int depth)
                {
                    if (depth > 0)
                        Odd(target, depth - 1);
                    using var guard = locks.AcquireExclusive(target);
                }

                private void Odd(BackupNamespace target, int depth) => Even(target, depth);

                void M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:Odd(ns, 3)|};
                }
            }
            """);

        [Fact]
        public Task Calls_itself_under_its_own_guard() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Walk(BackupNamespace target, int depth)
                {
                    using var guard = locks.AcquireExclusive(target);
                    if (depth > 0)
                        {|NSL3004:Walk(target, depth - 1)|};
                }
            }
            """);

        [Fact]
        public Task Calls_itself_for_a_child_under_an_exclusive_guard() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Walk(BackupNamespace target, int depth)
                {
                    using var guard = locks.AcquireExclusive(target);
                    if (depth > 0)
                        {|NSL3004:Walk(target.Child("a"), depth - 1)|};
                }
            }
            """);

        [Fact]
        public Task Static_callee_with_the_manager_as_a_parameter() => Verify.SourceAsync(
            """
            class C
            {
                private static void Purge(NamespaceLockManager manager, BackupNamespace target)
                {
                    using var guard = manager.AcquireExclusive(target);
                }

                void M(NamespaceLockManager locks, BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:Purge(locks, ns)|};
                }
            }
            """);

        [Fact]
        public Task Extension_method() => Verify.SourceAsync(
            """
            static class Locks
            {
                internal static void Purge(this NamespaceLockManager manager, BackupNamespace target)
                {
                    using var guard = manager.AcquireExclusive(target);
                }
            }

            class C
            {
                void M(NamespaceLockManager locks, BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:locks.Purge(ns)|};
                }
            }
            """);

        [Fact]
        public Task Generic_callee() => Verify.SourceAsync(
            """
            class C
            {
                private static void Purge<T>(NamespaceLockManager manager, BackupNamespace target, T state)
                {
                    using var guard = manager.AcquireExclusive(target);
                    Console.WriteLine(state);
                }

                void M(NamespaceLockManager locks, BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:Purge(locks, ns, 1)|};
                }
            }
            """);

        [Fact]
        public Task Constructor() => Verify.SourceAsync(
            """
            class Purge
            {
                public Purge(NamespaceLockManager manager, BackupNamespace target)
                {
                    using var guard = manager.AcquireExclusive(target);
                }
            }

            class C
            {
                void M(NamespaceLockManager locks, BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    _ = {|NSL3004:new Purge(locks, ns)|};
                }
            }
            """);

        [Fact]
        public Task Member_that_locks_its_own_namespace() => Verify.SourceAsync(
            """
            class Job(NamespaceLockManager locks, BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                private void Compact()
                {
                    using var guard = locks.AcquireExclusive(Namespace);
                }

                void M()
                {
                    using var guard = locks.AcquireShared(Namespace);
                    {|NSL3004:Compact()|};
                }
            }
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            {|NSL3004:Purge()|};

            void Purge()
            {
                using var upper = locks.AcquireExclusive(ns);
            }
            """);

        [Fact]
        public Task Local_function_with_a_parameter() => Verify.BodyAsync(
            """
            using var guard = locks.AcquireShared(ns);
            {|NSL3004:Purge(ns)|};
            Purge(ns2);

            void Purge(BackupNamespace target)
            {
                using var upper = locks.AcquireExclusive(target);
            }
            """);

        [Fact]
        public Task Lambda_in_a_local_that_is_never_reassigned() => Verify.BodyAsync(
            """
            Action purge = () =>
            {
                using var upper = locks.AcquireExclusive(ns);
            };
            using var guard = locks.AcquireShared(ns);
            {|NSL3004:purge()|};
            """);

        [Theory]
        [InlineData("locks.AcquireShared(ns)")]
        [InlineData("locks.AcquireExclusive(ns)")]
        [InlineData("""locks.AcquireShared(ns.Child("a"))""")]
        [InlineData("locks.AcquireExclusive(ns.Parent)")]
        public Task Annotated_member(string held) => Verify.SourceAsync(
            $$"""
            interface IMaintenance
            {
                [ExcludesLock(nameof(ns))]
                void Compact(BackupNamespace ns);
            }

            class C(NamespaceLockManager locks)
            {
                void M(IMaintenance maintenance, BackupNamespace ns)
                {
                    using var guard = {{held}};
                    {|NSL3004:maintenance.Compact(ns)|};
                }
            }
            """);

        [Fact]
        public Task Annotated_property() => Verify.SourceAsync(
            """
            interface IJob
            {
                BackupNamespace Namespace { get; }

                [ExcludesLock("this.Namespace")]
                int Size { get; }
            }

            class C(NamespaceLockManager locks)
            {
                void M(IJob job)
                {
                    using var guard = locks.AcquireShared(job.Namespace);
                    _ = {|NSL3004:job.Size|};
                }
            }
            """);

        [Fact]
        public Task Override_of_an_annotated_member() => Verify.SourceAsync(
            """
            abstract class Maintenance
            {
                [ExcludesLock(nameof(ns))]
                public abstract void Compact(BackupNamespace ns);
            }

            sealed class Quick : Maintenance
            {
                public override void Compact(BackupNamespace ns) { }
            }

            class C(NamespaceLockManager locks)
            {
                void M(Quick quick, BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:quick.Compact(ns)|};
                }
            }
            """);

        [Fact]
        public Task Call_to_an_annotated_member_further_down() => Verify.SourceAsync(
            """
            interface IMaintenance
            {
                [ExcludesLock(nameof(ns))]
                void Compact(BackupNamespace ns);
            }

            class C(NamespaceLockManager locks, IMaintenance maintenance)
            {
                private void Tidy(BackupNamespace target) => maintenance.Compact(target);

                void M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:Tidy(ns)|};
                }
            }
            """);

        [Fact]
        public Task Held_because_the_member_requires_it() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                }

                [RequiresLock(LockMode.Shared, nameof(ns))]
                void M(BackupNamespace ns) => {|NSL3004:Purge(ns)|};
            }
            """);

        [Fact]
        public Task Held_by_a_tested_Try() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                }

                void M(BackupNamespace ns)
                {
                    using var guard = locks.TryAcquireShared(ns);
                    if (guard is not null)
                        {|NSL3004:Purge(ns)|};
                }
            }
            """);

        [Fact]
        public Task One_of_two_namespaces_that_the_callee_takes_together() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                private void Move(BackupNamespace source, BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(source, target);
                    store.Move(source, target);
                }

                void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    using var guard = locks.AcquireShared(ns2);
                    {|NSL3004:Move(ns, ns2)|};
                }
            }
            """);

        [Fact]
        public Task Callee_acquires_inside_a_try() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                private void Purge(BackupNamespace target)
                {
                    var guard = locks.AcquireExclusive(target);
                    try
                    {
                        store.Delete(target);
                    }
                    finally
                    {
                        guard.Dispose();
                    }
                }

                void M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:Purge(ns)|};
                }
            }
            """);

        [Theory]
        [InlineData("if (flag) throw new Exception(); locks.AcquireExclusive(target).Dispose();")]
        [InlineData("if (flag) { locks.AcquireExclusive(target).Dispose(); return; } locks.AcquireExclusive(target).Dispose();")]
        [InlineData("if (flag) locks.AcquireExclusive(target).Dispose(); else Deep(target);")]
        [InlineData("if (locks.AcquireExclusive(target) is var got) got.Dispose();")]
        [InlineData("switch (flag) { case true: Deep(target); break; default: locks.AcquireExclusive(target).Dispose(); break; }")]
        [InlineData("do { locks.AcquireExclusive(target).Dispose(); } while (flag);")]
        [InlineData("while (true) { locks.AcquireExclusive(target).Dispose(); if (flag) break; }")]
        [InlineData("for (;;) { Deep(target); if (flag) return; }")]
        [InlineData("for (Deep(target); flag; flag = false) { }")]
        [InlineData("while (Asked(target)) { }")]
        [InlineData("lock (locks) { Deep(target); }")]
        [InlineData("lock (locks) using (locks.AcquireExclusive(target)) { }")]
        [InlineData("try { Deep(target); } catch (Exception) { }")]
        [InlineData("try { Console.WriteLine(); } finally { Deep(target); }")]
        [InlineData("{ Inner(); return; } void Inner() => Deep(target);")]
        [InlineData("if (flag) goto last; Console.WriteLine(); last: Deep(target);")]
        [InlineData("_ = new Deeper(locks, target);")]
        [InlineData("Deeper made = new(locks, target);")]
        [InlineData("_ = new Derived(locks, target);")]
        [InlineData("_ = Asked(target) && flag;")]
        public Task Callee_acquires_on_every_way(string body) => Verify.SourceAsync(
            $$"""
            class Deeper
            {
                public Deeper(NamespaceLockManager locks, BackupNamespace first) => locks.AcquireExclusive(first).Dispose();
            }

            class Derived : Deeper
            {
                public Derived(NamespaceLockManager locks, BackupNamespace second) : base(locks, second) { }
            }

            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target, bool flag)
                {
                    {{body}}
                }

                private void Deep(BackupNamespace first) => locks.AcquireExclusive(first).Dispose();

                private bool Asked(BackupNamespace first)
                {
                    using var guard = locks.AcquireExclusive(first);
                    return guard.IsHeld;
                }

                void M(BackupNamespace ns, bool flag)
                {
                    using var guard = locks.AcquireShared(ns);
                    {|NSL3004:Purge(ns, flag)|};
                }
            }
            """);

        [Theory]
        [InlineData("{|NSL3004:index.Size|} = 1;")]
        [InlineData("{|NSL3004:index.Stated|} = 1;")]
        [InlineData("{|NSL3004:index.Size|} += 1;")]
        [InlineData("index = new Index(locks, ns) { {|NSL3004:Size|} = 1 };")]
        [InlineData("var size = index.Size;")]
        public Task A_setter(string body) => Cases.BodyAsync(
            """
            class Index(NamespaceLockManager locks, BackupNamespace ns)
            {
                private int _size;

                public int Size
                {
                    get => _size;
                    set
                    {
                        using var guard = locks.AcquireExclusive(BackupNamespace.Root);
                        _size = value;
                    }
                }

                [ExcludesLock("BackupNamespace.Root")]
                public int Stated { set => _size = value; }

                public BackupNamespace Namespace { get; } = ns;
            }
            """,
            $$"""
            var index = new Index(locks, ns);
            using var guard = locks.AcquireShared(ns);
            {{body}}
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("if (flag) locks.AcquireExclusive(target).Dispose();")]
        [InlineData("if (!flag) return; using var guard = locks.AcquireExclusive(target);")]
        [InlineData("using var guard = locks.TryAcquireExclusive(target);")]
        [InlineData("using var guard = flag ? locks.AcquireExclusive(target) : null;")]
        [InlineData("while (flag) { using var guard = locks.AcquireExclusive(target); flag = false; }")]
        [InlineData("switch (flag) { case true: locks.AcquireExclusive(target).Dispose(); break; }")]
        [InlineData("try { Console.WriteLine(); } catch { locks.AcquireExclusive(target).Dispose(); }")]
        [InlineData("Action later = () => locks.AcquireExclusive(target).Dispose();")]
        [InlineData("void Later() => locks.AcquireExclusive(target).Dispose();")]
        [InlineData("_ = nameof(locks.AcquireExclusive);")]
        [InlineData("if (flag) { Console.WriteLine(); return; } locks.AcquireExclusive(target).Dispose();")]
        [InlineData("foreach (var child in new[] { target }) locks.AcquireExclusive(child).Dispose();")]
        [InlineData("for (; flag; flag = false) locks.AcquireExclusive(target).Dispose();")]
        public Task Callee_that_does_not_acquire_for_certain(string body) => Verify.SourceAsync(
            $$"""
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target, bool flag)
                {
                    {{body}}
                }

                void M(BackupNamespace ns, bool flag)
                {
                    using var guard = locks.AcquireShared(ns);
                    Purge(ns, flag);
                }
            }
            """);

        [Theory]
        [InlineData("locks.AcquireShared(ns)", "locks.AcquireShared(target)")]
        [InlineData("locks.AcquireShared(ns)", """locks.AcquireExclusive(target.Child("a"))""")]
        [InlineData("locks.AcquireShared(ns.Parent)", "locks.AcquireExclusive(target)")]
        [InlineData("locks.AcquireExclusive(ns)", "locks.AcquireShared(target.Parent)")]
        [InlineData("""locks.AcquireExclusive(ns.Child("a"))""", """locks.AcquireExclusive(target.Child("b"))""")]
        public Task Callee_acquires_what_the_guard_allows(string held, string acquired) => Verify.SourceAsync(
            $$"""
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = {{acquired}};
                }

                void M(BackupNamespace ns)
                {
                    using var guard = {{held}};
                    Purge(ns);
                }
            }
            """);

        [Fact]
        public Task Callee_for_another_namespace() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                }

                void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    using var guard = locks.AcquireShared(ns);
                    Purge(ns2);
                }
            }
            """);

        [Fact]
        public Task Callee_for_another_store() => Verify.SourceAsync(
            """
            class C
            {
                private static void Purge(NamespaceLockManager manager, BackupNamespace target)
                {
                    using var guard = manager.AcquireExclusive(target);
                }

                void M(NamespaceLockManager source, NamespaceLockManager target, BackupNamespace ns)
                {
                    using var guard = source.AcquireShared(ns);
                    Purge(target, ns);
                }
            }
            """);

        [Fact]
        public Task Released_before_the_call() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                    store.Delete(target);
                }

                void M(BackupNamespace ns)
                {
                    using (locks.AcquireShared(ns))
                        store.Backup(ns);
                    Purge(ns);
                }
            }
            """);

        [Fact]
        public Task Two_callees_in_turn() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                }

                void M(BackupNamespace ns)
                {
                    Purge(ns);
                    Purge(ns);
                    using var guard = locks.AcquireShared(ns);
                }
            }
            """);

        [Fact]
        public Task Guard_not_held_for_certain() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                }

                void M(BackupNamespace ns, bool flag)
                {
                    using var guard = flag ? locks.AcquireShared(ns) : null;
                    Purge(ns);
                }
            }
            """);

        [Fact]
        public Task Try_result_not_tested() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                }

                void M(BackupNamespace ns)
                {
                    using var guard = locks.TryAcquireShared(ns);
                    if (guard is null)
                        Purge(ns);
                }
            }
            """);

        [Theory]
        [InlineData("locks.AcquireShared(ns2)")]
        [InlineData("locks.AcquireShared(ns.Parent)")]
        [InlineData("locks.AcquireExclusive(ns2)")]
        public Task Annotated_member_that_the_guard_allows(string held) => Verify.SourceAsync(
            $$"""
            interface IMaintenance
            {
                [ExcludesLock(nameof(ns))]
                void Compact(BackupNamespace ns);
            }

            class C(NamespaceLockManager locks)
            {
                void M(IMaintenance maintenance, BackupNamespace ns, BackupNamespace ns2)
                {
                    using var guard = {{held}};
                    maintenance.Compact(ns);
                }
            }
            """);

        [Fact]
        public Task Annotated_member_without_a_guard() => Verify.SourceAsync(
            """
            interface IMaintenance
            {
                [ExcludesLock(nameof(ns))]
                Task CompactAsync(BackupNamespace ns);
            }

            class C
            {
                async Task M(IMaintenance maintenance, BackupNamespace ns) => await maintenance.CompactAsync(ns);
            }
            """);

        [Fact]
        public Task Unannotated_interface_member() => Verify.SourceAsync(
            """
            interface IMaintenance
            {
                void Compact(BackupNamespace ns);
            }

            class C(NamespaceLockManager locks)
            {
                void M(IMaintenance maintenance, BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    maintenance.Compact(ns);
                }
            }
            """);

        [Fact]
        public Task Delegate_that_the_caller_gives() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns, Action action)
                {
                    using var guard = locks.AcquireShared(ns);
                    action();
                }
            }
            """);

        [Fact]
        public Task Recursion_without_an_acquisition() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private int Depth(BackupNamespace target) => target.IsRoot ? 0 : 1 + Depth(target.Parent);

                void M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireExclusive(ns);
                    _ = Depth(ns);
                }
            }
            """);

        [Fact]
        public Task Recursion_down_the_tree_with_shared_guards() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                private void Walk(BackupNamespace target, int depth)
                {
                    using var guard = locks.AcquireShared(target);
                    store.Backup(target);
                    if (depth > 0)
                        Walk(target.Child("a"), depth - 1);
                }
            }
            """);

        [Fact]
        public Task Recursion_that_releases_first() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                private void Walk(BackupNamespace target, int depth)
                {
                    using (locks.AcquireExclusive(target))
                        store.Delete(target);
                    if (depth > 0)
                        Walk(target.Child("a"), depth - 1);
                }
            }
            """);

        [Fact]
        public Task Call_inside_a_lambda_handed_to_a_callee_whose_body_is_unknown() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                }

                async Task M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    await Task.Run(() => Purge(ns));
                }
            }
            """);

        [Fact]
        public Task Call_inside_a_lambda_that_is_stored() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks)
            {
                private Action? _later;

                private void Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                }

                void M(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    _later = () => Purge(ns);
                }

                void Run() => _later?.Invoke();
            }
            """);

        [Fact]
        public Task Iterator_that_runs_after_the_guard() => Verify.SourceAsync(
            """
            class C(NamespaceLockManager locks, Datastore store)
            {
                private IEnumerable<int> Purge(BackupNamespace target)
                {
                    using var guard = locks.AcquireExclusive(target);
                    yield return 1;
                }

                void M(BackupNamespace ns)
                {
                    IEnumerable<int> purged;
                    using (locks.AcquireShared(ns))
                    {
                        store.Backup(ns);
                        purged = Purge(ns);
                    }
                    foreach (var item in purged)
                        Console.WriteLine(item);
                }
            }
            """);

        [Fact]
        public Task Local_function_called_after_the_guard() => Verify.BodyAsync(
            """
            using (locks.AcquireShared(ns))
                store.Backup(ns);
            Purge();

            void Purge()
            {
                using var guard = locks.AcquireExclusive(ns);
                store.Delete(ns);
            }
            """);

        [Fact]
        public Task Member_of_another_object_with_a_namespace_of_its_own() => Verify.SourceAsync(
            """
            class Job(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                public void Compact(NamespaceLockManager locks)
                {
                    using var guard = locks.AcquireExclusive(Namespace);
                }
            }

            class C
            {
                void M(NamespaceLockManager locks, Job first, Job second)
                {
                    using var guard = locks.AcquireShared(first.Namespace);
                    second.Compact(locks);
                }
            }
            """);
    }
}
