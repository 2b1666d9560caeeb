using NamespaceLocking.CodeFixes.NSL2xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL2xxx.NSL2001GuardDroppedFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL2xxx;

/// <summary>What becomes of a guard that is dropped where it is acquired.</summary>
public static class DroppedGuardTests
{
    private const string Key = NSL2001GuardDroppedFix.UsingKey;

    public class Statements
    {
        [Fact]
        public Task Result_ignored() => Verify.BodyAsync(Key,
            """
            {|NSL2001:store.Locks.AcquireShared(ns)|};
            store.Read(ns);
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Assigned_to_a_discard() => Verify.BodyAsync(Key,
            """
            // The guard of all that follows.
            _ = {|NSL2001:store.Locks.AcquireExclusive(ns)|}; // exclusive
            store.Write(ns);
            """,
            """
            // The guard of all that follows.
            using var nsGuard = store.Locks.AcquireExclusive(ns); // exclusive
            store.Write(ns);
            """);

        [Fact]
        public Task Awaited_result_ignored() => Verify.AsyncBodyAsync(Key,
            """
            await {|NSL2001:store.Locks.AcquireSharedAsync(ns)|};
            await store.ReadAsync(ns);
            """,
            """
            await using var nsGuard = await store.Locks.AcquireSharedAsync(ns);
            await store.ReadAsync(ns);
            """);

        [Fact]
        public Task Task_ignored_in_asynchronous_code_is_awaited() => Verify.AsyncBodyAsync(Key,
            """
            {|NSL2001:store.Locks.AcquireSharedAsync(ns)|};
            await store.ReadAsync(ns);
            """,
            """
            await using var nsGuard = await store.Locks.AcquireSharedAsync(ns);
            await store.ReadAsync(ns);
            """);

        [Fact]
        public Task Task_ignored_in_synchronous_code_is_left_alone() => Verify.NoFixInBodyAsync(Key,
            """
            _ = {|NSL2001:store.Locks.AcquireSharedAsync(ns)|};
            """);

        [Fact]
        public Task Several_guards_get_names_of_their_own() => Verify.BodyAsync(Key,
            """
            {|NSL2001:store.Locks.AcquireShared(ns)|};
            {|NSL2001:store.Locks.AcquireShared(ns2)|};
            {|NSL2001:store.Locks.AcquireShared(ns)|};
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            using var ns2Guard = store.Locks.AcquireShared(ns2);
            using var nsGuard2 = store.Locks.AcquireShared(ns);
            """);

        [Fact]
        public Task Two_namespaces_name_their_guard_together() => Verify.BodyAsync(Key,
            """
            {|NSL2001:store.Locks.AcquireExclusive(ns, ns2)|};
            store.Move(ns, ns2);
            """,
            """
            using var nsAndNs2Guard = store.Locks.AcquireExclusive(ns, ns2);
            store.Move(ns, ns2);
            """);

        [Fact]
        public Task Embedded_statement_gets_braces() => Verify.BodyAsync(Key,
            """
            if (flag)
                {|NSL2001:store.Locks.AcquireShared(ns)|};
            """,
            """
            if (flag)
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Switch_section_gets_a_block() => Verify.BodyAsync(Key,
            """
            switch (flag)
            {
                case true:
                    {|NSL2001:store.Locks.AcquireShared(ns)|};
                    store.Read(ns);
                    break;
            }
            """,
            """
            switch (flag)
            {
                case true:
                    {
                        using var nsGuard = store.Locks.AcquireShared(ns);
                        store.Read(ns);
                        break;
                    }
            }
            """);

        [Fact]
        public Task Conditional_is_kept_whole() => Verify.BodyAsync(Key,
            """
            _ = flag ? {|NSL2001:store.Locks.AcquireShared(ns)|} : null;
            """,
            """
            using var nsGuard = flag ? store.Locks.AcquireShared(ns) : null;
            """);

        [Fact]
        public Task Single_line_block_stays_on_its_line() => Verify.BodyAsync(Key,
            """
            Take();
            void Take() { {|NSL2001:store.Locks.AcquireShared(ns)|}; }
            """,
            """
            Take();
            void Take() { using var nsGuard = store.Locks.AcquireShared(ns); }
            """);

        [Fact]
        public Task Top_level_statements() => Verify.ProgramAsync(Key,
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            {|NSL2001:locks.AcquireShared(BackupNamespace.Root)|};
            Console.WriteLine();
            """,
            """
            var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            using var rootGuard = locks.AcquireShared(BackupNamespace.Root);
            Console.WriteLine();
            """);

        [Fact]
        public Task Created_guard_is_named_after_its_type() => Verify.FixAsync(Key,
            """
            [LockGuard]
            sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            class C
            {
                void M()
                {
                    {|NSL2001:new Snapshot()|};
                }
            }
            """,
            """
            [LockGuard]
            sealed class Snapshot : IDisposable
            {
                public void Dispose() { }
            }

            class C
            {
                void M()
                {
                    using var snapshot = new Snapshot();
                }
            }
            """);
    }

    public class Expression_bodies
    {
        [Fact]
        public Task Method() => Verify.FixAsync(Key,
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns) => {|NSL2001:locks.AcquireShared(ns)|};
            }
            """,
            """
            class C(NamespaceLockManager locks)
            {
                void M(BackupNamespace ns)
                {
                    using var nsGuard = locks.AcquireShared(ns);
                }
            }
            """);

        [Fact]
        public Task Lambda() => Verify.BodyAsync(Key,
            """
            Action later = () => {|NSL2001:store.Locks.AcquireShared(ns)|};
            later();
            """,
            """
            Action later = () =>
            {
                using var nsGuard = store.Locks.AcquireShared(ns);
            };
            later();
            """);
    }

    public class Temporaries
    {
        [Fact]
        public Task Receiver_gets_a_variable() => Verify.BodyAsync(Key,
            """
            {|NSL2001:store.Locks.AcquireShared(ns)|}.ThrowIfNotShared(ns);
            """,
            """
            using var nsGuard = store.Locks.AcquireShared(ns);
            nsGuard.ThrowIfNotShared(ns);
            """);

        [Fact]
        public Task Tested_Try_gets_a_variable() => Verify.BodyAsync(Key,
            """
            if ({|NSL2001:store.Locks.TryAcquireShared(ns)|} is not null)
                store.Read(ns);
            """,
            """
            using var nsGuard = store.Locks.TryAcquireShared(ns);
            if (nsGuard is not null)
                store.Read(ns);
            """);

        [Fact]
        public Task Awaited_argument_gets_a_variable() => Verify.FixAsync(Key,
            """
            class C(NamespaceLockManager locks)
            {
                static void Check(NamespaceLockGuard guard) => Console.WriteLine(guard.Mode);

                async Task M(BackupNamespace ns) => Check(await {|NSL2001:locks.AcquireSharedAsync(ns)|});
            }
            """,
            """
            class C(NamespaceLockManager locks)
            {
                static void Check(NamespaceLockGuard guard) => Console.WriteLine(guard.Mode);

                async Task M(BackupNamespace ns)
                {
                    await using var nsGuard = await locks.AcquireSharedAsync(ns);
                    Check(nsGuard);
                }
            }
            """);

        [Fact]
        public Task Condition_of_a_loop_is_left_alone() => Verify.NoFixInBodyAsync(Key,
            """
            while ({|NSL2001:store.Locks.TryAcquireShared(ns)|} is null)
                Thread.Sleep(1);
            """);

        [Fact]
        public Task Second_operand_of_a_test_is_left_alone() => Verify.NoFixInBodyAsync(Key,
            """
            if (flag && {|NSL2001:store.Locks.TryAcquireShared(ns)|} is not null)
                store.Read(ns);
            """);
    }

    public class Out_arguments
    {
        private static string WithTryLock(string statements) =>
            $$"""
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private bool TryLock(BackupNamespace ns, out NamespaceLockGuard? guard)
                {
                    guard = store.Locks.TryAcquireShared(ns);
                    return guard is not null;
                }

                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = store.Locks.AcquireShared(ns);

                void M(BackupNamespace ns)
                {
            {{string.Join('\n', statements.Split('\n').Select(line => "        " + line))}}
                }
            }
            """;

        [Fact]
        public Task Discard_becomes_a_variable() => Verify.FixAsync(Key,
            WithTryLock(
                """
                {|NSL2001:Lock(ns, out _)|};
                store.Read(ns);
                """),
            WithTryLock(
                """
                Lock(ns, out var nsGuard);
                using var nsGuardScope = nsGuard;
                store.Read(ns);
                """));

        [Fact]
        public Task Typed_discard_keeps_its_type() => Verify.FixAsync(Key,
            WithTryLock(
                """
                {|NSL2001:Lock(ns, out NamespaceLockGuard _)|};
                store.Read(ns);
                """),
            WithTryLock(
                """
                Lock(ns, out NamespaceLockGuard nsGuard);
                using var nsGuardScope = nsGuard;
                store.Read(ns);
                """));

        [Fact]
        public Task Expression_body() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = store.Locks.AcquireShared(ns);

                void M(BackupNamespace ns) => {|NSL2001:Lock(ns, out _)|};
            }
            """,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = store.Locks.AcquireShared(ns);

                void M(BackupNamespace ns)
                {
                    Lock(ns, out var nsGuard);
                    using var nsGuardScope = nsGuard;
                }
            }
            """);

        [Fact]
        public Task Branch_that_has_the_guard_disposes_it() => Verify.FixAsync(Key,
            WithTryLock(
                """
                if ({|NSL2001:TryLock(ns, out _)|})
                    store.Read(ns);
                """),
            WithTryLock(
                """
                if (TryLock(ns, out var nsGuard))
                {
                    using var nsGuardScope = nsGuard;
                    store.Read(ns);
                }
                """));

        [Fact]
        public Task What_follows_an_exit_disposes_it() => Verify.FixAsync(Key,
            WithTryLock(
                """
                if (!{|NSL2001:TryLock(ns, out _)|})
                    return;
                store.Read(ns);
                """),
            WithTryLock(
                """
                if (!TryLock(ns, out var nsGuard))
                    return;
                using var nsGuardScope = nsGuard;
                store.Read(ns);
                """));
    }

    public class Tuples
    {
        private static string WithOpen(string statements) =>
            $$"""
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (int Count, NamespaceLockGuard Guard) Open(BackupNamespace ns) => (1, store.Locks.AcquireShared(ns));

                void M(BackupNamespace ns)
                {
            {{string.Join('\n', statements.Split('\n').Select(line => "        " + line))}}
                }
            }
            """;

        [Fact]
        public Task Deconstruction_keeps_its_other_parts() => Verify.FixAsync(Key,
            WithOpen("var (count, _) = {|NSL2001:Open(ns)|};\nConsole.WriteLine(count);"),
            WithOpen("var (count, nsGuard) = Open(ns);\nusing var nsGuardScope = nsGuard;\nConsole.WriteLine(count);"));

        [Fact]
        public Task Typed_deconstruction_keeps_its_other_parts() => Verify.FixAsync(Key,
            WithOpen("(int count, _) = {|NSL2001:Open(ns)|};\nConsole.WriteLine(count);"),
            WithOpen("(int count, var nsGuard) = Open(ns);\nusing var nsGuardScope = nsGuard;\nConsole.WriteLine(count);"));

        [Fact]
        public Task Result_ignored_is_deconstructed() => Verify.FixAsync(Key,
            WithOpen("{|NSL2001:Open(ns)|};"),
            WithOpen("var (_, nsGuard) = Open(ns);\nusing var nsGuardScope = nsGuard;"));

        [Fact]
        public Task Result_discarded_is_deconstructed() => Verify.FixAsync(Key,
            WithOpen("_ = {|NSL2001:Open(ns)|};"),
            WithOpen("var (_, nsGuard) = Open(ns);\nusing var nsGuardScope = nsGuard;"));
    }
}
