namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Which store a guard belongs to, and when two stores are told apart.</summary>
public class StoresTests
{
    private static Task CaseAsync(string members) => Verify.SourceAsync(
        $$"""
        {{Cases.Store}}

        sealed class Tenant(Store store)
        {
            public Store Store { get; } = store;
        }

        static class Tools
        {
            [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(store))]
            public static void Print(Store store, BackupNamespace ns) { }

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public static void PrintAny(BackupNamespace ns) { }
        }

        class C
        {
            {{members}}
        }
        """);

    [Fact]
    public Task The_same_parameter() => CaseAsync(
        """
        void M(Store store, BackupNamespace ns)
        {
            using var guard = store.Lock(ns);
            store.Read(ns);
        }
        """);

    [Fact]
    public Task Two_parameters() => CaseAsync(
        """
        void M(Store source, Store target, BackupNamespace ns)
        {
            using var guard = source.Lock(ns);
            {|NSL1003:target.Read(ns)|};
        }
        """);

    [Fact]
    public Task Two_parameters_exclusive() => CaseAsync(
        """
        void M(Store source, Store target, BackupNamespace ns)
        {
            using var guard = source.LockExclusive(ns);
            {|NSL1003:target.Write(ns)|};
        }
        """);

    [Fact]
    public Task Two_parameters_each_with_a_guard() => CaseAsync(
        """
        void M(Store source, Store target, BackupNamespace ns)
        {
            using var first = source.Lock(ns);
            using var second = target.LockExclusive(ns);
            source.Read(ns);
            target.Write(ns);
        }
        """);

    [Fact]
    public Task The_mode_counts_within_one_store_alone() => CaseAsync(
        """
        void M(Store source, Store target, BackupNamespace ns)
        {
            using var first = source.LockExclusive(ns);
            using var second = target.Lock(ns);
            {|NSL1002:target.Write(ns)|};
        }
        """);

    [Fact]
    public Task The_guard_of_one_store_was_released() => CaseAsync(
        """
        void M(Store source, Store target, BackupNamespace ns)
        {
            using var first = source.Lock(ns);
            using (target.Lock(ns))
                target.Read(ns);
            source.Read(ns);
            {|NSL1004:target.Read(ns)|};
        }
        """);

    [Fact]
    public Task A_copy_of_the_store() => CaseAsync(
        """
        void M(Store store, BackupNamespace ns)
        {
            var same = store;
            using var guard = store.Lock(ns);
            same.Read(ns);
        }
        """);

    [Fact]
    public Task A_copy_of_a_copy_of_the_store() => CaseAsync(
        """
        void M(Store store, BackupNamespace ns)
        {
            var same = store;
            var again = same;
            using var guard = again.Lock(ns);
            store.Read(ns);
        }
        """);

    [Fact]
    public Task The_stores_of_two_tenants() => CaseAsync(
        """
        void M(Tenant source, Tenant target, BackupNamespace ns)
        {
            using var guard = source.Store.Lock(ns);
            source.Store.Read(ns);
            {|NSL1003:target.Store.Read(ns)|};
        }
        """);

    [Fact]
    public Task The_store_of_a_tenant_in_a_local() => CaseAsync(
        """
        void M(Tenant tenant, BackupNamespace ns)
        {
            var store = tenant.Store;
            using var guard = store.Lock(ns);
            tenant.Store.Read(ns);
        }
        """);

    [Fact]
    public Task Stores_reached_in_different_ways_are_taken_to_be_the_same() => CaseAsync(
        """
        void M(Tenant tenant, Store store, BackupNamespace ns)
        {
            using var guard = tenant.Store.Lock(ns);
            store.Read(ns);
        }
        """);

    [Theory]
    [InlineData("var one = stores[0]; var two = stores[1]; using var guard = one.Lock(ns); using var other = two.LockExclusive(ns); two.Write(ns); {|NSL1002:one.Write(ns)|};")]
    [InlineData("using var guard = stores[0].Lock(ns); using var other = stores[1].LockExclusive(ns); stores[1].Write(ns); stores[0].Read(ns);")]
    [InlineData("using var guard = named[from].LockExclusive(ns); {|NSL1003:named[to].Write(ns)|}; named[from].Write(ns);")]
    [InlineData("var one = named[from]; var two = named[from]; using var guard = one.Lock(ns); two.Read(ns); using var other = {|NSL3001:two.LockExclusive(ns)|};")]
    public Task Items_of_a_collection(string body) => Verify.SourceAsync(
        $$"""
        class C
        {
            void M(Store[] stores, Dictionary<string, Store> named, string from, string to, BackupNamespace ns)
            {
                {{body}}
            }
        }

        {{Cases.Store}}
        """);

    [Fact]
    public Task Two_fields() => CaseAsync(
        """
        private readonly Store _source;
        private readonly Store _target;

        C(Store source, Store target)
        {
            _source = source;
            _target = target;
        }

        void M(BackupNamespace ns)
        {
            using var guard = _source.Lock(ns);
            _source.Read(ns);
            {|NSL1003:_target.Read(ns)|};
        }
        """);

    [Fact]
    public Task One_field() => CaseAsync(
        """
        private readonly Store _store;

        C(Store store) => _store = store;

        void M(BackupNamespace ns)
        {
            using var guard = this._store.LockExclusive(ns);
            _store.Write(ns);
        }
        """);

    [Fact]
    public Task A_store_named_by_an_annotation() => CaseAsync(
        """
        void M(Store source, Store target, BackupNamespace ns)
        {
            using var guard = source.Lock(ns);
            Tools.Print(source, ns);
            {|NSL1003:Tools.Print(target, ns)|};
        }
        """);

    [Fact]
    public Task A_requirement_of_no_known_store() => CaseAsync(
        """
        void M(Store source, Store target, BackupNamespace ns)
        {
            using var guard = source.Lock(ns);
            Tools.PrintAny(ns);
        }
        """);

    [Fact]
    public Task A_value_of_another_type_is_not_told_apart() => CaseAsync(
        """
        void M(NamespaceLockManager manager, Store store, BackupNamespace ns)
        {
            using var guard = manager.AcquireShared(ns);
            store.Read(ns);
        }
        """);

    [Fact]
    public Task A_promise_about_one_store() => CaseAsync(
        """
        [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(source))]
        void M(Store source, Store target, BackupNamespace ns)
        {
            source.Read(ns);
            {|NSL1003:target.Read(ns)|};
        }
        """);

    [Fact]
    public Task A_promise_about_both_stores() => CaseAsync(
        """
        [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(source))]
        [RequiresLock(LockMode.Exclusive, nameof(ns), Store = nameof(target))]
        void M(Store source, Store target, BackupNamespace ns)
        {
            source.Read(ns);
            target.Write(ns);
        }
        """);

    [Fact]
    public Task The_store_itself_within_its_members() => Verify.SourceAsync(
        """
        sealed class Store(NamespaceLockManager manager)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard Lock(BackupNamespace ns) => manager.AcquireShared(ns);

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void Read(BackupNamespace ns) { }

            public void Print(BackupNamespace ns)
            {
                using var guard = Lock(ns);
                Read(ns);
                this.Read(ns);
            }

            public void Compare(Store other, BackupNamespace ns)
            {
                using var guard = Lock(ns);
                Read(ns);
                {|NSL1003:other.Read(ns)|};
            }
        }
        """);

    [Fact]
    public Task Each_store_of_a_loop_under_its_own_guard() => CaseAsync(
        """
        void M(List<Store> stores, BackupNamespace ns)
        {
            foreach (var store in stores)
            {
                using var guard = store.Lock(ns);
                store.Read(ns);
            }
        }
        """);

    private const string Job =
        """
        sealed class Job(Store store, Store target)
        {
            [RequiresLock(LockMode.Shared, nameof(ns), Store = "store")]
            public void Run(BackupNamespace ns)
            {
                store.Read(ns);
                {|NSL1003:target.Read(ns)|};
            }

            public void RunBoth(BackupNamespace ns)
            {
                using var guard = store.Lock(ns);
                using var other = target.Lock(ns.Parent);
                Run(ns);
            }

            public void RunUnderTheOther(BackupNamespace ns)
            {
                using var other = target.Lock(ns);
                {|NSL1003:Run(ns)|};
            }
        }
        """;

    [Theory]
    [InlineData("using var guard = store.Lock(ns); job.Run(ns);")]
    [InlineData("{|NSL1001:job.Run(ns)|};")]
    public Task What_the_primary_constructor_was_given(string body) => CaseAsync($"void M(Job job, Store store, BackupNamespace ns) {{ {body} }} }} {Job} class D {{");

    [Fact]
    public Task What_the_primary_constructor_was_given_that_is_no_store() => Verify.SourceAsync(
        """
        sealed class Job(BackupNamespace ns, int count)
        {
            [{|NSL4001:RequiresLock(LockMode.Shared, nameof(other), Store = "ns")|}]
            public void Run(BackupNamespace other) => Console.WriteLine(ns);

            [{|NSL4001:RequiresLock(LockMode.Shared, nameof(other), Store = "count")|}]
            public void Count(BackupNamespace other) => Console.WriteLine(count);

            [{|NSL4001:RequiresLock(LockMode.Shared, nameof(other), Store = "job")|}]
            public static void Stop(BackupNamespace other) { }
        }
        """);
}
