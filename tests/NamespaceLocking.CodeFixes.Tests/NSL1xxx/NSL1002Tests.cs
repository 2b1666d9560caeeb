using NamespaceLocking.CodeFixes.NSL1xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.NSL1002ExclusiveLockRequiredFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>Exclusive in the first place, where only a shared guard is held.</summary>
public static class NSL1002Tests
{
    private const string Key = NSL1002ExclusiveLockRequiredFix.AcquireExclusivelyKey;

    public class Acquired_exclusively
    {
        [Fact]
        public Task In_a_using_declaration() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.AcquireShared(ns); // for the writing
            store.Read(ns);
            {|NSL1002:store.Write(ns)|};
            """,
            """
            using var guard = store.Locks.AcquireExclusive(ns); // for the writing
            store.Read(ns);
            store.Write(ns);
            """);

        [Fact]
        public Task In_a_using_statement_around() => Verify.BodyAsync(Key,
            """
            using (store.Locks.AcquireShared(ns))
            {
                if (flag)
                    {|NSL1002:store.Write(ns)|};
            }
            """,
            """
            using (store.Locks.AcquireExclusive(ns))
            {
                if (flag)
                    store.Write(ns);
            }
            """);

        [Fact]
        public Task In_asynchronous_code_with_all_its_arguments() => Verify.AsyncBodyAsync(Key,
            """
            await using var guard = await store.Locks.AcquireSharedAsync(ns, timeout: TimeSpan.FromSeconds(1));
            await {|NSL1002:store.WriteAsync(ns)|};
            """,
            """
            await using var guard = await store.Locks.AcquireExclusiveAsync(ns, timeout: TimeSpan.FromSeconds(1));
            await store.WriteAsync(ns);
            """);

        [Fact]
        public Task By_a_Try_where_it_was_a_Try() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.TryAcquireShared(ns);
            if (guard is null)
                return;
            {|NSL1002:store.Write(ns)|};
            """,
            """
            using var guard = store.Locks.TryAcquireExclusive(ns);
            if (guard is null)
                return;
            store.Write(ns);
            """);

        [Fact]
        public Task By_the_member_of_any_type_that_says_so() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard Look(BackupNamespace ns) => store.Locks.AcquireShared(ns);

                [AcquiresLock(LockMode.Exclusive, nameof(place))]
                private NamespaceLockGuard Change(BackupNamespace place) => store.Locks.AcquireExclusive(place);

                public void M(BackupNamespace ns)
                {
                    using var guard = Look(ns);
                    {|NSL1002:store.Write(ns)|};
                }
            }
            """,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard Look(BackupNamespace ns) => store.Locks.AcquireShared(ns);

                [AcquiresLock(LockMode.Exclusive, nameof(place))]
                private NamespaceLockGuard Change(BackupNamespace place) => store.Locks.AcquireExclusive(place);

                public void M(BackupNamespace ns)
                {
                    using var guard = Change(ns);
                    store.Write(ns);
                }
            }
            """);

        [Fact]
        public Task Once_for_all_operations_under_it() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.AcquireShared(ns);
            {|NSL1002:store.Write(ns)|};
            {|NSL1002:store.Write(ns)|};
            """,
            """
            using var guard = store.Locks.AcquireExclusive(ns);
            store.Write(ns);
            store.Write(ns);
            """);

        [Fact]
        public Task Every_guard_that_covers_a_part() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.AcquireShared(ns);
            using var guard2 = store.Locks.AcquireShared(ns2);
            {|NSL1002:store.Move(ns, ns2)|};
            """,
            """
            using var guard = store.Locks.AcquireExclusive(ns);
            using var guard2 = store.Locks.AcquireExclusive(ns2);
            store.Move(ns, ns2);
            """);

        [Fact]
        public Task Guard_of_each_branch() => Verify.BodyAsync(Key,
            """
            using var guard = flag ? store.Locks.AcquireShared(ns) : store.Locks.AcquireShared(ns, TimeSpan.FromSeconds(1));
            {|NSL1002:store.Write(ns)|};
            """,
            """
            using var guard = flag ? store.Locks.AcquireExclusive(ns) : store.Locks.AcquireExclusive(ns, TimeSpan.FromSeconds(1));
            store.Write(ns);
            """);

        [Fact]
        public Task One_of_two_that_are_needed() => Verify.BodyAsync(Key,
            """
            using var guard = store.Locks.AcquireShared(ns);
            {|NSL1002:store.Move(ns, ns2)|};
            """,
            """
            using var guard = store.Locks.AcquireExclusive(ns);
            {|NSL1003:store.Move(ns, ns2)|};
            """);

        [Fact]
        public Task Title_names_the_member_to_call() => Verify.TitlesAsync(
            Sources.Method(
                """
                using var guard = store.Locks.AcquireShared(ns);
                {|NSL1002:store.Write(ns)|};
                """),
            "Acquire it with 'AcquireExclusive' in the first place");

        [Fact]
        public Task Several_guards_of_a_file() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                public void M(BackupNamespace ns)
                {
                    using var guard = store.Locks.AcquireShared(ns);
                    {|NSL1002:store.Write(ns)|};
                }

                public void N(BackupNamespace ns)
                {
                    using var guard = store.Locks.AcquireShared(ns);
                    {|NSL1002:store.Write(ns)|};
                }
            }
            """,
            """
            class C(Store store)
            {
                public void M(BackupNamespace ns)
                {
                    using var guard = store.Locks.AcquireExclusive(ns);
                    store.Write(ns);
                }

                public void N(BackupNamespace ns)
                {
                    using var guard = store.Locks.AcquireExclusive(ns);
                    store.Write(ns);
                }
            }
            """);
    }

    public class Left_alone
    {
        [Fact]
        public Task Guard_below_the_namespace_does_not_cover_it_in_any_mode() => Verify.NoFixInBodyAsync(Key,
            """
            using var guard = store.Locks.AcquireShared(ns.Child("x"));
            {|NSL1002:store.Write(ns)|};
            """);

        [Fact]
        public Task Store_that_grants_nothing_exclusively() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard Look(BackupNamespace ns) => store.Locks.AcquireShared(ns);

                public void M(BackupNamespace ns)
                {
                    using var guard = Look(ns);
                    {|NSL1002:store.Write(ns)|};
                }
            }
            """);

        [Fact]
        public Task Guard_that_is_handed_in() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                public void M(NamespaceLockGuard guard) => {|NSL1002:store.Write(guard.Namespace)|};
            }
            """);

        [Fact]
        public Task Second_shared_guard_above_would_rule_it_out() => Verify.NoFixInBodyAsync(Key,
            """
            using var other = store.Locks.AcquireShared(ns);
            using var guard = store.Locks.AcquireShared(ns);
            {|NSL1002:store.Write(ns)|};
            """);
    }

    public class Required_of_callers
    {
        private const string Key = NSL1002ExclusiveLockRequiredFix.RequireExclusiveKey;

        [Fact]
        public Task Member_that_says_shared_says_exclusive() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                [RequiresLock(LockMode.Shared, nameof(ns))] // callers hold it
                public void M(BackupNamespace ns)
                {
                    {|NSL1002:store.Write(ns)|};
                }
            }
            """,
            """
            class C(Store store)
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))] // callers hold it
                public void M(BackupNamespace ns)
                {
                    store.Write(ns);
                }
            }
            """);

        [Fact]
        public Task Override_cannot_ask_for_more() => Verify.NoFixAsync(Key,
            """
            abstract class Job
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public abstract void Run(BackupNamespace ns);
            }

            class Move(Store store) : Job
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public override void Run(BackupNamespace ns)
                {
                    {|NSL1002:store.Write(ns)|};
                }
            }
            """);
    }
}
