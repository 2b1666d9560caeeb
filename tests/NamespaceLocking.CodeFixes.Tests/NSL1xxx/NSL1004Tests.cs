using NamespaceLocking.CodeFixes.NSL1xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.NSL1004GuardReleasedFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>The guard lives to the end of the block, where it was released before the operation.</summary>
public static class NSL1004Tests
{
    private const string Key = NSL1004GuardReleasedFix.KeepToTheEndKey;

    public class Disposed
    {
        [Fact]
        public Task By_hand_under_using() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            guard.Dispose();
            {|NSL1004:store.Read(ns)|};
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task By_hand_without_using() => Verify.BodyAsync(Key,
            """
            var guard = store.Locks.AcquireShared(ns);
            // Enough.
            guard.Dispose();
            {|NSL1004:store.Read(ns)|}; // too late
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            // Enough.
            store.Read(ns); // too late
            """);

        [Fact]
        public Task Asynchronously() => Verify.AsyncBodyAsync(Key,
            """
            var guard = await store.Locks.AcquireSharedAsync(ns);
            await guard.DisposeAsync();
            await {|NSL1004:store.ReadAsync(ns)|};
            """,
            """
            await using var guard = await store.Locks.AcquireSharedAsync(ns);
            await store.ReadAsync(ns);
            """);

        [Fact]
        public Task At_once() => Verify.BodyAsync(Key,
            """
            store.Locks.AcquireShared(ns).Dispose(); // only to see whether it is free
            {|NSL1004:store.Read(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns); // only to see whether it is free
            store.Read(ns);
            """);

        [Fact]
        public Task Inside_its_using_statement() => Verify.BodyAsync(Key,
            """
            using (var guard = store.Locks.AcquireShared(ns))
            {
                store.Read(ns);
                guard.Dispose();
                {|NSL1004:store.Read(ns)|};
            }
            """,
            """
            using (var guard = store.Locks.AcquireShared(ns))
            {
                store.Read(ns);
                store.Read(ns);
            }
            """);

        [Fact]
        public Task In_a_finally() => Verify.BodyAsync(Key,
            """
            var guard = store.Locks.AcquireShared(ns);
            try
            {
                store.Read(ns);
            }
            finally
            {
                guard.Dispose();
            }
            {|NSL1004:store.Read(ns)|};
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            store.Read(ns);
            """);
    }

    public class Using_statement
    {
        [Fact]
        public Task Becomes_a_declaration() => Verify.BodyAsync(Key,
            """
            // Everything under one guard.
            using (var guard = store.Locks.AcquireShared(ns))
            {
                // First.
                store.Read(ns);
                store.Count(ns); // and how many
            }

            {|NSL1004:store.Read(ns)|};
            """,
            """
            // Everything under one guard.
            using var guard = store.Locks.AcquireShared(ns);
            // First.
            store.Read(ns);
            store.Count(ns); // and how many

            store.Read(ns);
            """);

        [Fact]
        public Task Without_a_variable_gets_one() => Verify.BodyAsync(Key,
            """
            using (store.Locks.AcquireShared(ns))
                store.Read(ns);
            {|NSL1004:store.Read(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Stays_asynchronous() => Verify.AsyncBodyAsync(Key,
            """
            await using (await store.Locks.AcquireSharedAsync(ns))
            {
                await store.ReadAsync(ns);
            }
            await {|NSL1004:store.ReadAsync(ns)|};
            """,
            """
            await using var nsGuard = await store.Locks.AcquireSharedAsync(ns);
            await store.ReadAsync(ns);
            await store.ReadAsync(ns);
            """);

        [Fact]
        public Task Several_operations_behind_it_are_mended_at_once() => Verify.BodyAsync(Key,
            """
            using (store.Locks.AcquireShared(ns))
            {
                store.Read(ns);
            }
            {|NSL1004:store.Read(ns)|};
            {|NSL1004:store.Count(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            store.Read(ns);
            store.Count(ns);
            """);
    }

    [Fact]
    public static Task Bare_block_around_the_guard_goes() => Verify.BodyAsync(Key,
        """
        {
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
        }
        {|NSL1004:store.Read(ns)|};
        """,
        """
        using var guard = store.Locks.AcquireShared(ns);
        store.Read(ns);
        store.Read(ns);
        """);

    public class Left_alone
    {
        [Fact]
        public Task Guard_of_a_branch() => Verify.NoFixInBodyAsync(Key,
            """
            if (flag)
            {
                using var guard = store.Locks.AcquireShared(ns);
                store.Read(ns);
            }

            {|NSL1004:store.Read(ns)|};
            """);

        [Fact]
        public Task Guard_that_was_given_away() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                public void M(BackupNamespace ns)
                {
                    var guard = store.Locks.AcquireShared(ns);
                    Release(guard);
                    {|NSL1004:store.Read(ns)|};
                }
            }
            """);

        [Fact]
        public Task Guard_whose_release_makes_way_for_an_exclusive_one() => Verify.NoFixInBodyAsync(Key,
            """
            using (store.Locks.AcquireShared(ns))
            {
                store.Read(ns);
            }
            {|NSL1004:store.Read(ns)|};
            using var guard = store.Locks.AcquireExclusive(ns);
            store.Write(ns);
            """);
    }
}
