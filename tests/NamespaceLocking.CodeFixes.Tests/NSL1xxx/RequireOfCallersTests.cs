using NamespaceLocking.CodeFixes.NSL1xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.NSL1001LockRequiredFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>What "require it of callers" writes.</summary>
public static class RequireOfCallersTests
{
    private const string Key = NSL1001LockRequiredFix.RequireOfCallersKey;

    public class Paths
    {
        [Fact]
        public Task Parameter() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                /// <summary>Reads.</summary>
                public void M(BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
            }
            """,
            """
            class C(Store store)
            {
                /// <summary>Reads.</summary>
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public void M(BackupNamespace ns) => store.Read(ns);
            }
            """);

        [Fact]
        public Task Member_of_a_parameter() => Verify.FixAsync(Key,
            """
            public record Group(BackupNamespace Namespace);

            public class C(Store store)
            {
                public void M(Group group) => {|NSL1001:store.Write(group.Namespace)|};
            }
            """,
            """
            public record Group(BackupNamespace Namespace);

            public class C(Store store)
            {
                [RequiresLock(LockMode.Exclusive, "group.Namespace")]
                public void M(Group group) => store.Write(group.Namespace);
            }
            """);

        [Theory]
        [InlineData("Namespace")]
        [InlineData("this.Namespace")]
        public Task Own_member(string expression) => Verify.FixAsync(Key,
            $$"""
            class Group(Store store, BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                public void M() => {|NSL1001:store.Read({{expression}})|};
            }
            """,
            $$"""
            class Group(Store store, BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public void M() => store.Read({{expression}});
            }
            """);

        [Fact]
        public Task Static_member_of_a_type() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                public void M() => {|NSL1001:store.Read(BackupNamespace.Root)|};
            }
            """,
            """
            class C(Store store)
            {
                [RequiresLock(LockMode.Shared, "BackupNamespace.Root")]
                public void M() => store.Read(BackupNamespace.Root);
            }
            """);

        [Fact]
        public Task Private_field_of_a_private_member() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                private readonly BackupNamespace _place = BackupNamespace.Root;

                private void M() => {|NSL1001:store.Read(_place)|};
            }
            """,
            """
            class C(Store store)
            {
                private readonly BackupNamespace _place = BackupNamespace.Root;

                [RequiresLock(LockMode.Shared, "this._place")]
                private void M() => store.Read(_place);
            }
            """);

        [Fact]
        public Task Private_field_of_a_public_member_is_not_for_callers() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                private readonly BackupNamespace _place = BackupNamespace.Root;

                public void M() => {|NSL1001:store.Read(_place)|};
            }
            """);

        [Fact]
        public Task Local_is_not_for_callers() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                private void M(string text)
                {
                    var ns = BackupNamespace.Parse(text);
                    {|NSL1001:store.Read(ns)|};
                }
            }
            """);

        [Fact]
        public Task Parameter_of_a_lambda_is_not_for_callers() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                private void M(List<BackupNamespace> all) => all.ForEach(ns => {|NSL1001:store.Read(ns)|});
            }
            """);

        [Fact]
        public Task Parameter_that_was_overwritten_is_another_namespace() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                private void M(BackupNamespace ns, BackupNamespace ns2)
                {
                    ns = ns2;
                    ns2 = BackupNamespace.Root;
                    {|NSL1001:store.Read(ns)|};
                }
            }
            """);

        [Fact]
        public Task Parameter_of_a_primary_constructor_is_not_for_callers() => Verify.NoFixAsync(Key,
            """
            class C(Store store, BackupNamespace ns)
            {
                private void M() => {|NSL1001:store.Read(ns)|};
            }
            """);
    }

    public class Members
    {
        [Fact]
        public Task Attributes_and_comments_stay_above() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                // Once a day.
                [Obsolete]
                public void M(BackupNamespace ns)
                {
                    {|NSL1001:store.Read(ns)|};
                }
            }
            """,
            """
            class C(Store store)
            {
                // Once a day.
                [Obsolete]
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public void M(BackupNamespace ns)
                {
                    store.Read(ns);
                }
            }
            """);

        [Fact]
        public Task Two_namespaces() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                public void M(BackupNamespace a, BackupNamespace b) => {|NSL1001:store.Copy(a, b)|};
            }
            """,
            """
            class C(Store store)
            {
                [RequiresLock(LockMode.Shared, nameof(a))]
                [RequiresLock(LockMode.Exclusive, nameof(b))]
                public void M(BackupNamespace a, BackupNamespace b) => store.Copy(a, b);
            }
            """);

        [Fact]
        public Task Constructor() => Verify.FixAsync(Key,
            """
            class C
            {
                public C(Store store, BackupNamespace ns)
                {
                    {|NSL1001:store.Read(ns)|};
                }
            }
            """,
            """
            class C
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public C(Store store, BackupNamespace ns)
                {
                    store.Read(ns);
                }
            }
            """);

        [Fact]
        public Task Indexer() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                public int this[BackupNamespace ns]
                {
                    get { return {|NSL1001:store.Count(ns)|}; }
                }
            }
            """,
            """
            class C(Store store)
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public int this[BackupNamespace ns]
                {
                    get { return store.Count(ns); }
                }
            }
            """);

        [Fact]
        public Task Property() => Verify.FixAsync(Key,
            """
            class Group(Store store, BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                public int Count => {|NSL1001:store.Count(Namespace)|};
            }
            """,
            """
            class Group(Store store, BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public int Count => store.Count(Namespace);
            }
            """);

        [Fact]
        public Task Asynchronous_method() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                public Task M(BackupNamespace ns) => {|NSL1001:store.ReadAsync(ns)|};
            }
            """,
            """
            class C(Store store)
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public Task M(BackupNamespace ns) => store.ReadAsync(ns);
            }
            """);

        [Fact]
        public Task Local_function() => Verify.FixAsync(Key,
            """
            class C
            {
                public void M(Store store, BackupNamespace ns)
                {
                    using var guard = store.Locks.AcquireShared(ns);
                    var ns2 = BackupNamespace.Parse("a");
                    Read(ns2);

                    void Read(BackupNamespace which) => {|NSL1003:store.Read(which)|};
                }
            }
            """,
            """
            class C
            {
                public void M(Store store, BackupNamespace ns)
                {
                    using var guard = store.Locks.AcquireShared(ns);
                    var ns2 = BackupNamespace.Parse("a");
                    {|NSL1003:Read(ns2)|};

                    [RequiresLock(LockMode.Shared, nameof(which))]
                    void Read(BackupNamespace which) => store.Read(which);
                }
            }
            """);

        [Fact]
        public Task Store_is_named_where_the_type_is_one_itself() => Verify.FixAsync(Key,
            """
            class Group(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);

                [RequiresLock(LockMode.Shared, nameof(ns))]
                public void Read(BackupNamespace ns) { }

                public void Copy(BackupNamespace ns, Group target) => {|NSL1001:target.Read(ns)|};
            }
            """,
            """
            class Group(NamespaceLockManager locks)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);

                [RequiresLock(LockMode.Shared, nameof(ns))]
                public void Read(BackupNamespace ns) { }

                [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(target))]
                public void Copy(BackupNamespace ns, Group target) => target.Read(ns);
            }
            """);

        [Fact]
        public Task Using_directive_is_added() => Verify.FileAsync(Key,
            """
            using System;

            class C(Store store)
            {
                public void M(Folder folder) => {|NSL1001:store.Read(folder.Namespace)|};
            }
            """,
            """
            using System;
            using NamespaceLocking;

            class C(Store store)
            {
                [RequiresLock(LockMode.Shared, "folder.Namespace")]
                public void M(Folder folder) => store.Read(folder.Namespace);
            }
            """);

        [Fact]
        public Task Names_that_mean_something_else_are_qualified() => Verify.FileAsync(Key,
            """
            using NamespaceLocking;

            namespace Mine
            {
                enum LockMode { On, Off }

                class C(Store store)
                {
                    public void M(BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
                }
            }
            """,
            """
            using NamespaceLocking;

            namespace Mine
            {
                enum LockMode { On, Off }

                class C(Store store)
                {
                    [RequiresLock(NamespaceLocking.LockMode.Shared, nameof(ns))]
                    public void M(BackupNamespace ns) => store.Read(ns);
                }
            }
            """);

        [Fact]
        public Task Override_cannot_ask_for_more() => Verify.NoFixAsync(Key,
            """
            abstract class Job
            {
                public abstract void Run(BackupNamespace ns);
            }

            class Backup(Store store) : Job
            {
                public override void Run(BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
            }
            """);

        [Fact]
        public Task Implementation_cannot_ask_for_more() => Verify.NoFixAsync(Key,
            """
            interface IJob
            {
                void Run(BackupNamespace ns);
            }

            class Backup(Store store) : IJob
            {
                public void Run(BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
            }
            """);

        [Fact]
        public Task Initializer_has_no_callers() => Verify.NoFixAsync(Key,
            """
            class C
            {
                private static readonly Store Store = new(new NamespaceLockManager("store", new InProcessLockProvider()));
                public int Count { get; } = {|NSL1001:Store.Count(BackupNamespace.Root)|};
            }
            """);

        [Fact]
        public Task Entry_point_has_no_callers() => Verify.ProgramAsync(Key,
            """
            var store = new Store(new NamespaceLockManager("store", new InProcessLockProvider()));
            {|NSL1001:store.Read(BackupNamespace.Root)|};
            """,
            """
            var store = new Store(new NamespaceLockManager("store", new InProcessLockProvider()));
            {|NSL1001:store.Read(BackupNamespace.Root)|};
            """);
    }

    public class Fix_all
    {
        [Fact]
        public Task Several_members_and_one_attribute_each() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                private void M(BackupNamespace ns)
                {
                    {|NSL1001:store.Read(ns)|};
                    {|NSL1001:store.Read(ns)|};
                }

                private int N(BackupNamespace ns) => {|NSL1001:store.Count(ns)|};
            }
            """,
            """
            class C(Store store)
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                private void M(BackupNamespace ns)
                {
                    store.Read(ns);
                    store.Read(ns);
                }

                [RequiresLock(LockMode.Shared, nameof(ns))]
                private int N(BackupNamespace ns) => store.Count(ns);
            }
            """);
    }
}
