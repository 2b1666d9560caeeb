using NamespaceLocking.CodeFixes.NSL1xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.NSL1001LockRequiredFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>What "acquire here" writes, and where.</summary>
public static class AcquireHereTests
{
    private const string Key = NSL1001LockRequiredFix.AcquireHereKey;

    public class Guards
    {
        [Fact]
        public Task Shared() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Read(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Exclusive() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Write(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireExclusive(ns);
            store.Write(ns);
            """);

        [Fact]
        public Task Two_exclusive_ones_in_one_call() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Move(ns, ns2)|};
            """,
            """
            using var nsAndNs2Guard = store.Locks.AcquireExclusive(ns, ns2);
            store.Move(ns, ns2);
            """);

        [Fact]
        public Task Two_of_different_modes_one_after_another() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Copy(ns, ns2)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            using var ns2Guard = store.Locks.AcquireExclusive(ns2);
            store.Copy(ns, ns2);
            """);

        [Fact]
        public Task Only_the_one_that_is_missing() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.AcquireExclusive(ns);
            {|NSL1003:store.Move(ns, ns2)|};
            """,
            """
            using var guard = store.Locks.AcquireExclusive(ns);
            using var ns2Guard = store.Locks.AcquireExclusive(ns2);
            store.Move(ns, ns2);
            """);

        [Fact]
        public Task Under_a_guard_that_is_held_elsewhere() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.AcquireShared(ns2);
            {|NSL1003:store.Read(ns)|};
            """,
            """
            using var guard = store.Locks.AcquireShared(ns2);
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Where_a_Try_was_not_tested() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.TryAcquireShared(ns);
            {|NSL1005:store.Read(ns)|};
            """,
            """
            using var guard = store.Locks.TryAcquireShared(ns);
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Not_where_an_exclusive_one_may_be_held_already() => Verify.NoFixInBodyAsync(Key,
            """
            using var guard = store.Locks.TryAcquireExclusive(ns);
            {|NSL1005:store.Write(ns)|};
            """);

        [Fact]
        public Task Not_shared_where_an_exclusive_one_may_be_held_already() => Verify.NoFixInBodyAsync(Key,
            """
            NamespaceLockGuard? guard = null;
            if (flag)
                guard = store.Locks.AcquireExclusive(ns);
            using (guard)
                {|NSL1005:store.Read(ns)|};
            """);

        [Fact]
        public Task Around_the_statement_alone_where_more_would_rule_out_what_follows() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Read(ns)|}; // first
            using var guard = store.Locks.AcquireExclusive(ns);
            store.Write(ns);
            """,
            """
            using (store.Locks.AcquireShared(ns))
            {
                store.Read(ns);
            } // first
            using var guard = store.Locks.AcquireExclusive(ns);
            store.Write(ns);
            """);
    }

    public class Asynchronous_code
    {
        [Fact]
        public Task Guard_is_awaited_and_disposed_asynchronously() => Verify.AsyncBodyAsync(Key,
            """
            await {|NSL1001:store.ReadAsync(ns)|};
            """,
            """
            await using var nsGuard = await store.Locks.AcquireSharedAsync(ns);
            await store.ReadAsync(ns);
            """);

        [Fact]
        public Task Synchronous_operation_too() => Verify.AsyncBodyAsync(Key,
            """
            await Task.Yield();
            {|NSL1001:store.Write(ns)|};
            """,
            """
            await Task.Yield();
            await using var nsGuard = await store.Locks.AcquireExclusiveAsync(ns);
            store.Write(ns);
            """);

        [Fact]
        public Task Inside_a_lock_statement_nothing_is_awaited() => Verify.AsyncBodyAsync(Key,
            """
            await Task.Yield();
            lock (this)
            {
                {|NSL1001:store.Read(ns)|};
            }
            """,
            """
            await Task.Yield();
            lock (this)
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                store.Read(ns);
            }
            """);

        [Fact]
        public Task Asynchronous_lambda() => Verify.BodyAsync(Key,
            """
            Func<Task> later = async () => await {|NSL1001:store.ReadAsync(ns)|};
            later().Wait();
            """,
            """
            Func<Task> later = async () =>
            {
                await using var nsGuard = await store.Locks.AcquireSharedAsync(ns);
                await store.ReadAsync(ns);
            };
            later().Wait();
            """);

        [Fact]
        public Task Method_that_returns_the_task_awaits_it() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                public Task M(BackupNamespace ns) => {|NSL1001:store.ReadAsync(ns)|};
            }
            """,
            """
            class C(Store store)
            {
                public async Task M(BackupNamespace ns)
                {
                    await using var nsGuard = await store.Locks.AcquireSharedAsync(ns);
                    await store.ReadAsync(ns);
                }
            }
            """);

        [Fact]
        public Task Statement_that_returns_the_task_awaits_it() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                Task<int> M(BackupNamespace ns)
                {
                    // All of them.
                    return {|NSL1001:store.CountAsync(ns)|};
                }
            }
            """,
            """
            class C(Store store)
            {
                async Task<int> M(BackupNamespace ns)
                {
                    await using var nsGuard = await store.Locks.AcquireSharedAsync(ns);
                    // All of them.
                    return await store.CountAsync(ns);
                }
            }
            """);

        [Fact]
        public Task Lambda_that_returns_the_task_awaits_it() => Verify.BodyAsync(Key,
            """
            Func<BackupNamespace, Task> later = which => {|NSL1001:store.ReadAsync(which)|};
            later(ns).Wait();
            """,
            """
            Func<BackupNamespace, Task> later = async which =>
            {
                await using var whichGuard = await store.Locks.AcquireSharedAsync(which);
                await store.ReadAsync(which);
            };
            later(ns).Wait();
            """);

        [Fact]
        public Task Task_that_synchronous_code_waits_for() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.ReadAsync(ns)|}.Wait();
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.ReadAsync(ns).Wait();
            """);

        [Fact]
        public Task Task_that_synchronous_code_hands_on_is_left_alone() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                public Task M(BackupNamespace ns, bool flag)
                {
                    if (flag)
                        return Task.CompletedTask;
                    return {|NSL1001:store.ReadAsync(ns)|};
                }
            }
            """);
    }

    public class Names
    {
        [Fact]
        public Task Taken_by_a_variable() => Verify.BodyAsync(Key,
            """
            var nsGuard = 1;
            Action later = () => { var nsGuard2 = nsGuard; };
            {|NSL1001:store.Read(ns)|};
            """,
            """
            var nsGuard = 1;
            Action later = () => { var nsGuard2 = nsGuard; };
            using var nsGuard3 = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Taken_by_a_field_that_is_read() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                private int nsGuard = 1;

                public int M(BackupNamespace ns)
                {
                    return {|NSL1001:store.Count(ns)|} + nsGuard;
                }
            }
            """,
            """
            class C(Store store)
            {
                private int nsGuard = 1;

                public int M(BackupNamespace ns)
                {
                    using var nsGuard2 = store.Locks.AcquireShared(ns);
                    return store.Count(ns) + nsGuard;
                }
            }
            """);

        [Theory]
        [InlineData("BackupNamespace.Root", "rootGuard")]
        [InlineData("ns.Parent", "parentGuard")]
        [InlineData("ns.Child(\"x\")", "childGuard")]
        [InlineData("BackupNamespace.Parse(\"a/b\")", "guard")]
        public Task Derived_from_the_namespace(string expression, string name) => Verify.BodyAsync(Key,
            $$"""
            {|NSL1001:store.Read({{expression}})|};
            """,
            $$"""
            using var {{name}} = store.Locks.AcquireShared({{expression}});
            store.Read({{expression}});
            """);

        [Fact]
        public Task Derived_from_a_field_without_its_underscore() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                private readonly BackupNamespace _place = BackupNamespace.Root;

                public void M() => {|NSL1001:store.Read(_place)|};
            }
            """,
            """
            class C(Store store)
            {
                private readonly BackupNamespace _place = BackupNamespace.Root;

                public void M()
                {
                    using var placeGuard = store.Locks.AcquireShared(_place);
                    store.Read(_place);
                }
            }
            """);
    }

    public class Data
    {
        [Fact]
        public Task Written_data_needs_an_exclusive_lock_on_its_owner() => Verify.FixAsync(Key,
            """
            class Group(NamespaceLockManager locks, BackupNamespace ns)
            {
                private readonly NamespaceLockManager _locks = locks;

                [GuardedBy("this.Namespace")]
                private int _count;

                public BackupNamespace Namespace { get; } = ns;

                public void M() => {|NSL1001:_count|}++;
            }
            """,
            """
            class Group(NamespaceLockManager locks, BackupNamespace ns)
            {
                private readonly NamespaceLockManager _locks = locks;

                [GuardedBy("this.Namespace")]
                private int _count;

                public BackupNamespace Namespace { get; } = ns;

                public void M()
                {
                    using var namespaceGuard = _locks.AcquireExclusive(this.Namespace);
                    _count++;
                }
            }
            """);

        [Fact]
        public Task Namespace_of_a_group() => Verify.FixAsync(Key,
            """
            public class Group(NamespaceLockManager locks, BackupNamespace ns)
            {
                public NamespaceLockManager Locks { get; } = locks;

                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public void Read() { }
            }

            class C
            {
                public void M(Group group) => {|NSL1001:group.Read()|};
            }
            """,
            """
            public class Group(NamespaceLockManager locks, BackupNamespace ns)
            {
                public NamespaceLockManager Locks { get; } = locks;

                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public void Read() { }
            }

            class C
            {
                public void M(Group group)
                {
                    using var namespaceGuard = group.Locks.AcquireShared(group.Namespace);
                    group.Read();
                }
            }
            """);
    }

    public class Files
    {
        [Fact]
        public Task Line_ends_are_those_of_the_file() => Verify.FileAsync(Key,
            """
            using NamespaceLocking;

            class C(Store store)
            {
                public void M(BackupNamespace ns)
                {
                    {|NSL1001:store.Read(ns)|};
                }
            }
            """.ReplaceLineEndings("\r\n"),
            """
            using NamespaceLocking;

            class C(Store store)
            {
                public void M(BackupNamespace ns)
                {
                    using var nsGuard = store.Locks.AcquireShared(ns);
                    store.Read(ns);
                }
            }
            """.ReplaceLineEndings("\r\n"));

        [Fact]
        public Task Indentation_is_that_of_the_file() => Verify.FileAsync(Key,
            "using NamespaceLocking;\n\nclass C(Store store)\n{\n\tpublic void M(BackupNamespace ns)\n\t{\n\t\t{|NSL1001:store.Read(ns)|};\n\t}\n}\n",
            "using NamespaceLocking;\n\nclass C(Store store)\n{\n\tpublic void M(BackupNamespace ns)\n\t{\n\t\tusing var nsGuard = store.Locks.AcquireShared(ns);\n\t\tstore.Read(ns);\n\t}\n}\n");
    }

    public class Fix_all
    {
        [Fact]
        public Task Two_operations_on_one_namespace_need_one_guard() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Read(ns)|};
            {|NSL1001:store.Count(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            store.Count(ns);
            """);

        [Fact]
        public Task One_guard_is_as_strong_as_all_operations_of_its_block_need() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Read(ns)|};
            {|NSL1001:store.Write(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            {|NSL1002:store.Write(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireExclusive(ns);
            store.Read(ns);
            store.Write(ns);
            """);

        [Fact]
        public Task Each_namespace_gets_its_guard() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Read(ns)|};
            {|NSL1001:store.Read(ns2)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            using var ns2Guard = store.Locks.AcquireShared(ns2);
            store.Read(ns2);
            """);

        [Fact]
        public Task Guard_of_an_inner_block_does_not_serve_the_outer() => Verify.BodyAsync(Key,
            """
            if (flag)
            {
                {|NSL1001:store.Read(ns)|};
            }

            {|NSL1001:store.Read(ns)|};
            """,
            """
            if (flag)
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                store.Read(ns);
            }

            {|NSL1004:store.Read(ns)|};
            """,
            """
            if (flag)
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                store.Read(ns);
            }

            using var nsGuard2 = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Several_members_of_a_file() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public int First(BackupNamespace ns) => {|NSL1001:store.Count(ns)|};

                public int Second(BackupNamespace ns) => {|NSL1001:store.Count(ns)|};
            }
            """,
            """
            public class C(Store store)
            {
                public int First(BackupNamespace ns)
                {
                    using var nsGuard = store.Locks.AcquireShared(ns);
                    return store.Count(ns);
                }

                public int Second(BackupNamespace ns)
                {
                    using var nsGuard = store.Locks.AcquireShared(ns);
                    return store.Count(ns);
                }
            }
            """);
    }
}
