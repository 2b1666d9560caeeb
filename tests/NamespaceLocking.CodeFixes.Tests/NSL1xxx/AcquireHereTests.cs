using NamespaceLocking.CodeFixes.NSL1xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.LockRequiredFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>What "acquire here" writes.</summary>
public static class AcquireHereTests
{
    private const string Key = LockRequiredFix.AcquireHereKey;

    public class Statements
    {
        [Fact]
        public Task Shared_guard_before_the_statement() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Read(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Exclusive_guard_before_the_statement() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Write(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireExclusive(ns);
            store.Write(ns);
            """);

        [Fact]
        public Task Awaited_in_asynchronous_code() => Verify.AsyncBodyAsync(Key,
            """
            await {|NSL1001:store.ReadAsync(ns)|};
            """,
            """
            await using var nsGuard = await store.Locks.AcquireSharedAsync(ns);
            await store.ReadAsync(ns);
            """);

        [Fact]
        public Task Embedded_statement_gets_braces() => Verify.BodyAsync(Key,
            """
            if (flag)
                {|NSL1001:store.Read(ns)|};
            """,
            """
            if (flag)
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
                store.Read(ns);
            }
            """);
        
        [Fact]
        public Task Two_operations_need_one_guard() => Verify.BodyAsync(Key,
            """
            {|NSL1001:store.Read(ns)|};
            {|NSL1001:store.Read(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            store.Read(ns);
            """);
        [Fact]
        public Task Expression() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                int M(BackupNamespace ns) => {|NSL1001:store.Count(ns)|}; // how many

                int P => {|NSL1001:store.Count(BackupNamespace.Root)|};
            }
            """,
            """
            class C(Store store)
            {
                int M(BackupNamespace ns)
                {
                    using var nsGuard = store.Locks.AcquireShared(ns);
                    return store.Count(ns);
                } // how many

                int P
                {
                    get
                    {
                        using var rootGuard = store.Locks.AcquireShared(BackupNamespace.Root);
                        return store.Count(BackupNamespace.Root);
                    }
                }
            }
            """);
        [Fact]
        public Task Titles() => Verify.TitlesAsync(
            """
            class C(Store store)
            {
                int M(BackupNamespace ns) => {|NSL1001:store.Count(ns)|}; // how many
            }
            """, "Require a shared lock on 'ns' of callers", "Acquire a shared lock on 'ns' here");
    }
}
