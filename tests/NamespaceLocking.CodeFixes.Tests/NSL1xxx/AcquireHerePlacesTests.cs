using NamespaceLocking.CodeFixes.NSL1xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.NSL1001LockRequiredFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>Where "acquire here" puts its declaration.</summary>
public static class AcquireHerePlacesTests
{
    private const string Key = NSL1001LockRequiredFix.AcquireHereKey;

    public class Statements
    {
        [Fact]
        public Task Comments_stay_with_their_statement_and_blank_lines_above_the_guard() => Verify.BodyAsync(Key,
            """
            Console.WriteLine(); // before

            // What is read.
            {|NSL1001:store.Read(ns)|}; // read
            // after
            """,
            """
            Console.WriteLine(); // before

            using var nsGuard = store.Locks.AcquireShared(ns);
            // What is read.
            store.Read(ns); // read
            // after
            """);

        [Fact]
        public Task Directives_stay_above_the_guard() => Verify.BodyAsync(Key,
            """
            #region Reading
            {|NSL1001:store.Read(ns)|};
            #endregion
            """,
            """
            #region Reading
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            #endregion
            """);

        [Fact]
        public Task Declaration() => Verify.BodyAsync(Key,
            """
            var count = {|NSL1001:store.Count(ns)|};
            Console.WriteLine(count);
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            var count = store.Count(ns);
            Console.WriteLine(count);
            """);

        [Fact]
        public Task Single_line_block_stays_on_its_line() => Verify.BodyAsync(Key,
            """
            if (flag) { {|NSL1001:store.Read(ns)|}; }
            """,
            """
            if (flag) { using var nsGuard = store.Locks.AcquireShared(ns); store.Read(ns); }
            """);

        [Fact]
        public Task Embedded_statement_gets_braces() => Verify.BodyAsync(Key,
            """
            if (flag)
                {|NSL1001:store.Read(ns)|}; // only then
            else
                Console.WriteLine();
            """,
            """
            if (flag)
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                store.Read(ns); // only then
            }
            else
                Console.WriteLine();
            """);

        [Fact]
        public Task Embedded_statement_on_the_same_line_gets_braces() => Verify.BodyAsync(Key,
            """
            if (flag) {|NSL1001:store.Read(ns)|};
            """,
            """
            if (flag)
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                store.Read(ns);
            }
            """);

        [Fact]
        public Task Each_round_of_a_loop() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public void M(List<BackupNamespace> all)
                {
                    foreach (var one in all)
                        {|NSL1001:store.Read(one)|};
                }
            }
            """,
            """
            public class C(Store store)
            {
                public void M(List<BackupNamespace> all)
                {
                    foreach (var one in all)
                    {
                        using var oneGuard = store.Locks.AcquireShared(one);
                        store.Read(one);
                    }
                }
            }
            """);

        [Fact]
        public Task Condition_of_an_if() => Verify.BodyAsync(Key,
            """
            if ({|NSL1001:store.Count(ns)|} > 0)
                Console.WriteLine();
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            if (store.Count(ns) > 0)
                Console.WriteLine();
            """);

        [Fact]
        public Task Condition_of_an_else_if() => Verify.BodyAsync(Key,
            """
            if (flag)
                Console.WriteLine();
            else if ({|NSL1001:store.Count(ns)|} > 0)
                Console.WriteLine();
            """,
            """
            if (flag)
                Console.WriteLine();
            else
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                if (store.Count(ns) > 0)
                    Console.WriteLine();
            }
            """);

        [Fact]
        public Task Switch_section_gets_a_block() => Verify.BodyAsync(Key,
            """
            switch (flag)
            {
                case true:
                    // Everything.
                    {|NSL1001:store.Read(ns)|};
                    break;
                default:
                    break;
            }
            """,
            """
            switch (flag)
            {
                case true:
                    {
                        using var nsGuard = store.Locks.AcquireShared(ns);
                        // Everything.
                        store.Read(ns);
                        break;
                    }
                default:
                    break;
            }
            """);

        [Fact]
        public Task Switch_section_whose_variable_another_one_uses() => Verify.BodyAsync(Key,
            """
            switch (flag)
            {
                case true:
                    int count;
                    {|NSL1001:store.Read(ns)|};
                    break;
                default:
                    count = 1;
                    Console.WriteLine(count);
                    break;
            }
            """,
            """
            switch (flag)
            {
                case true:
                    int count;
                    using (store.Locks.AcquireShared(ns))
                    {
                        store.Read(ns);
                    }
                    break;
                default:
                    count = 1;
                    Console.WriteLine(count);
                    break;
            }
            """);

        [Fact]
        public Task Jump_over_the_guard() => Verify.BodyAsync(Key,
            """
            {
                if (flag)
                    goto end;
                {|NSL1001:store.Read(ns)|};
            end:
                Console.WriteLine();
            }
            """,
            """
            {
                if (flag)
                    goto end;
                using (store.Locks.AcquireShared(ns))
                {
                    store.Read(ns);
                }
            end:
                Console.WriteLine();
            }
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(Key,
            """
            var store = new Store(new NamespaceLockManager("store", new InProcessLockProvider()));

            // All there is.
            {|NSL1001:store.Read(BackupNamespace.Root)|};
            """,
            """
            var store = new Store(new NamespaceLockManager("store", new InProcessLockProvider()));

            using var rootGuard = store.Locks.AcquireShared(BackupNamespace.Root);
            // All there is.
            store.Read(BackupNamespace.Root);
            """);

        [Fact]
        public Task Asynchronous_top_level_statements() => Verify.ProgramAsync(Key,
            """
            var store = new Store(new NamespaceLockManager("store", new InProcessLockProvider()));
            await {|NSL1001:store.ReadAsync(BackupNamespace.Root)|};
            """,
            """
            var store = new Store(new NamespaceLockManager("store", new InProcessLockProvider()));
            await using var rootGuard = await store.Locks.AcquireSharedAsync(BackupNamespace.Root);
            await store.ReadAsync(BackupNamespace.Root);
            """);
    }

    public class Functions
    {
        [Fact]
        public Task Iterator() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public IEnumerable<int> M(BackupNamespace ns)
                {
                    yield return {|NSL1001:store.Count(ns)|};
                }
            }
            """,
            """
            public class C(Store store)
            {
                public IEnumerable<int> M(BackupNamespace ns)
                {
                    using var nsGuard = store.Locks.AcquireShared(ns);
                    yield return store.Count(ns);
                }
            }
            """);

        [Fact]
        public Task Asynchronous_iterator() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public async IAsyncEnumerable<int> M(BackupNamespace ns)
                {
                    yield return await {|NSL1001:store.CountAsync(ns)|};
                }
            }
            """,
            """
            public class C(Store store)
            {
                public async IAsyncEnumerable<int> M(BackupNamespace ns)
                {
                    await using var nsGuard = await store.Locks.AcquireSharedAsync(ns);
                    yield return await store.CountAsync(ns);
                }
            }
            """);

        [Fact]
        public Task Query_whose_source_is_counted() => Verify.BodyAsync(Key,
            """
            var many = (from n in Enumerable.Range(0, {|NSL1001:store.Count(ns)|}) select n * 2).ToList();
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            var many = (from n in Enumerable.Range(0, store.Count(ns)) select n * 2).ToList();
            """);

        [Fact]
        public Task Branch_in_which_a_Try_was_refused() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.TryAcquireShared(ns);
            if (guard is null)
                {|NSL1005:store.Read(ns)|};
            """,
            """
            using var guard = store.Locks.TryAcquireShared(ns);
            if (guard is null)
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                store.Read(ns);
            }
            """);

        [Fact]
        public Task Namespace_that_is_computed_over_several_lines() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Read(
                ns
                    .Child("a"))|};
            """,
            """
            using var childGuard = store.Locks.AcquireShared(ns.Child("a"));
            store.Read(
                ns
                    .Child("a"));
            """);
    }

    public class Expression_bodies
    {
        [Fact]
        public Task Method() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public int M(BackupNamespace ns) =>
                    // How many.
                    {|NSL1001:store.Count(ns)|}; // all of them

                public void N() { }
            }
            """,
            """
            public class C(Store store)
            {
                public int M(BackupNamespace ns)
                {
                    using var nsGuard = store.Locks.AcquireShared(ns);
                    // How many.
                    return store.Count(ns);
                } // all of them

                public void N() { }
            }
            """);

        [Fact]
        public Task Method_that_returns_nothing() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public void M(BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
            }
            """,
            """
            public class C(Store store)
            {
                public void M(BackupNamespace ns)
                {
                    using var nsGuard = store.Locks.AcquireShared(ns);
                    store.Read(ns);
                }
            }
            """);

        [Fact]
        public Task Property() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public int Count => {|NSL1001:store.Count(BackupNamespace.Root)|}; // all of them
            }
            """,
            """
            public class C(Store store)
            {
                public int Count
                {
                    get
                    {
                        using var rootGuard = store.Locks.AcquireShared(BackupNamespace.Root);
                        return store.Count(BackupNamespace.Root);
                    }
                } // all of them
            }
            """);

        [Fact]
        public Task Accessor() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public BackupNamespace Place
                {
                    get => BackupNamespace.Root;
                    set => {|NSL1001:store.Read(value)|};
                }
            }
            """,
            """
            public class C(Store store)
            {
                public BackupNamespace Place
                {
                    get => BackupNamespace.Root;
                    set
                    {
                        using var valueGuard = store.Locks.AcquireShared(value);
                        store.Read(value);
                    }
                }
            }
            """);

        [Fact]
        public Task Constructor() => Verify.FixAsync(Key,
            """
            public class C
            {
                public C(Store store, BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
            }
            """,
            """
            public class C
            {
                public C(Store store, BackupNamespace ns)
                {
                    using var nsGuard = store.Locks.AcquireShared(ns);
                    store.Read(ns);
                }
            }
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(Key,
            """
            Console.WriteLine(Count());

            int Count() => {|NSL1001:store.Count(ns)|};
            """,
            """
            Console.WriteLine(Count());

            int Count()
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                return store.Count(ns);
            }
            """);

        [Fact]
        public Task Lambda_that_returns_a_value() => Verify.BodyAsync(Key,
            """
            Func<int> later = () => {|NSL1001:store.Count(ns)|};
            Console.WriteLine(later());
            """,
            """
            Func<int> later = () =>
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                return store.Count(ns);
            };
            Console.WriteLine(later());
            """);

        [Fact]
        public Task Lambda_that_returns_nothing() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public void M(List<BackupNamespace> all)
                {
                    all.ForEach(one => {|NSL1001:store.Read(one)|});
                }
            }
            """,
            """
            public class C(Store store)
            {
                public void M(List<BackupNamespace> all)
                {
                    all.ForEach(one =>
                    {
                        using var oneGuard = store.Locks.AcquireShared(one);
                        store.Read(one);
                    });
                }
            }
            """);
    }

    public class Nowhere
    {
        [Fact]
        public Task Initializer() => Verify.NoFixAsync(Key,
            """
            public class C
            {
                private static readonly Store Store = new(new NamespaceLockManager("store", new InProcessLockProvider()));
                public static int Count { get; } = {|NSL1001:Store.Count(BackupNamespace.Root)|};
            }
            """);

        [Fact]
        public Task Constructor_initializer() => Verify.NoFixAsync(Key,
            """
            public class C
            {
                public C(int count) { }

                public C(Store store) : this({|NSL1001:store.Count(BackupNamespace.Root)|}) { }
            }
            """);

        [Fact]
        public Task Namespace_that_changes_in_the_loop_that_asks() => Verify.NoFixInBodyAsync(Key,
            """
            while ({|NSL1001:store.Count(ns)|} > 0)
                ns = ns2;
            """);

        [Fact]
        public Task Namespace_that_is_another_one_each_time_it_is_asked_for() => Verify.NoFixAsync(Key,
            """
            public class C(Store store)
            {
                private BackupNamespace Next() => BackupNamespace.Root;

                public void M() => {|NSL1001:store.Read(Next())|};
            }
            """);

        [Fact]
        public Task Namespace_that_the_statement_itself_declares() => Verify.NoFixAsync(Key,
            """
            public class C(Store store)
            {
                public void M(string text)
                {
                    if (BackupNamespace.TryParse(text, null, out var ns) && {|NSL1001:store.Count(ns)|} > 0)
                        Console.WriteLine();
                }
            }
            """);
    }
}
