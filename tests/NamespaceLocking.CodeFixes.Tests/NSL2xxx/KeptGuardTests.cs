using NamespaceLocking.CodeFixes.NSL2xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL2xxx.NSL2001GuardDroppedFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL2xxx;

/// <summary>What becomes of a guard that a variable has, and that is disposed on some paths or none.</summary>
public static class KeptGuardTests
{
    private const string Key = NSL2001GuardDroppedFix.UsingKey;

    public class Declared
    {
        [Fact]
        public Task Declaration_gets_using() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2002:store.Locks.AcquireShared(ns)|};
            store.Read(ns);
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Explicit_type_and_comments_are_kept() => Verify.BodyAsync(Key,
            """
            // Nobody moves it meanwhile.
            NamespaceLockGuard guard = {|NSL2002:store.Locks.AcquireShared(ns)|}; // shared
            store.Read(ns);
            """,
            """
            // Nobody moves it meanwhile.
            using NamespaceLockGuard guard = store.Locks.AcquireShared(ns); // shared
            store.Read(ns);
            """);

        [Fact]
        public Task Asynchronous_code_awaits_the_end() => Verify.AsyncBodyAsync(Key,
            """
            var guard = await {|NSL2002:store.Locks.AcquireSharedAsync(ns)|};
            await store.ReadAsync(ns);
            """,
            """
            await using var guard = await store.Locks.AcquireSharedAsync(ns);
            await store.ReadAsync(ns);
            """);

        [Fact]
        public Task Coalesced_with_a_throw() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2002:store.Locks.TryAcquireShared(ns)|} ?? throw new InvalidOperationException();
            store.Read(ns);
            """,
            """
            using var guard = store.Locks.TryAcquireShared(ns) ?? throw new InvalidOperationException();
            store.Read(ns);
            """);

        [Fact]
        public Task Task_never_awaited_is_awaited() => Verify.AsyncBodyAsync(Key,
            """
            await Task.Yield();
            ValueTask<NamespaceLockGuard> guard = {|NSL2002:store.Locks.AcquireSharedAsync(ns)|};
            """,
            """
            await Task.Yield();
            await using var guard = await store.Locks.AcquireSharedAsync(ns);
            """);

        [Fact]
        public Task All_of_a_file_at_once() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2002:store.Locks.AcquireShared(ns)|};
            var guard2 = {|NSL2002:store.Locks.AcquireShared(ns2)|};
            {|NSL2001:store.Locks.AcquireShared(ns)|};
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            using var guard2 = store.Locks.AcquireShared(ns2);
            using var nsGuard = store.Locks.AcquireShared(ns);
            """);
    }

    public class Disposed_on_some_paths
    {
        [Fact]
        public Task Superfluous_disposal_goes() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
            store.Read(ns);
            guard.Dispose();
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Superfluous_asynchronous_disposal_goes() => Verify.AsyncBodyAsync(Key,
            """
            var guard = await {|NSL2003:store.Locks.AcquireSharedAsync(ns)|};
            await store.ReadAsync(ns);
            await guard.DisposeAsync();
            """,
            """
            await using var guard = await store.Locks.AcquireSharedAsync(ns);
            await store.ReadAsync(ns);
            """);

        [Fact]
        public Task Early_return() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
            if (flag)
                return;
            store.Read(ns);
            guard.Dispose();
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            if (flag)
                return;
            store.Read(ns);
            """);

        [Fact]
        public Task Disposal_before_a_return_goes() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
            store.Read(ns);
            if (flag)
            {
                guard.Dispose();
                return;
            }
            store.Read(ns);
            guard.Dispose();
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            if (flag)
            {
                return;
            }
            store.Read(ns);
            """);

        [Fact]
        public Task Early_disposal_stays() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
            store.Read(ns);
            guard.Dispose();
            Console.WriteLine();
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            guard.Dispose();
            Console.WriteLine();
            """);

        [Fact]
        public Task Finally_that_only_disposes_goes() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
            Console.WriteLine();
            try
            {
                // All of it.
                store.Read(ns);
            }
            finally
            {
                guard.Dispose();
            }
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            Console.WriteLine();
            // All of it.
            store.Read(ns);
            """);

        [Fact]
        public Task Comment_at_the_disposal_stays() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
            store.Read(ns);
            // Everything is read.
            guard.Dispose();
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            // Everything is read.
            """);

        [Fact]
        public Task Disposal_at_the_end_of_a_line_goes() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
            store.Read(ns); guard.Dispose();
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            store.Read(ns);
            """);

        [Fact]
        public Task Null_test_around_the_disposal_goes() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2003:store.Locks.TryAcquireShared(ns)|};
            Console.WriteLine();
            if (guard is not null)
                guard.Dispose();
            """,
            """
            using var guard = store.Locks.TryAcquireShared(ns);
            Console.WriteLine();
            """);

        [Fact]
        public Task Returned_guard_is_left_alone() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private NamespaceLockGuard Lock(BackupNamespace ns)
                {
                    var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
                    store.Read(ns);
                    return guard;
                }
            }
            """);

        [Fact]
        public Task Guard_given_away_on_one_path_is_left_alone() => Verify.NoFixAsync(Key,
            """
            class C(Store store)
            {
                static void Release([TakesOwnership] NamespaceLockGuard guard) => guard.Dispose();

                void M(BackupNamespace ns, bool flag)
                {
                    var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
                    if (flag)
                        Release(guard);
                }
            }
            """);
    }

    public class Several_members
    {
        [Fact]
        public Task All_of_a_file_at_once() => Verify.FixAsync(Key,
            """
            public class C(Store store)
            {
                public int P
                {
                    get
                    {
                        var guard = {|NSL2002:store.Locks.AcquireShared(BackupNamespace.Root)|};
                        return store.Count(BackupNamespace.Root);
                    }
                }

                public void M(BackupNamespace ns)
                {
                    {|NSL2001:store.Locks.AcquireShared(ns)|};
                    Action later = () =>
                    {
                        var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
                        store.Read(ns);
                        guard.Dispose();
                    };
                    later();
                }
            }
            """,
            """
            public class C(Store store)
            {
                public int P
                {
                    get
                    {
                        using var guard = store.Locks.AcquireShared(BackupNamespace.Root);
                        return store.Count(BackupNamespace.Root);
                    }
                }

                public void M(BackupNamespace ns)
                {
                    using var nsGuard = store.Locks.AcquireShared(ns);
                    Action later = () =>
                    {
                        using var guard = store.Locks.AcquireShared(ns);
                        store.Read(ns);
                    };
                    later();
                }
            }
            """);

        [Fact]
        public Task Disposal_in_a_function_of_its_own_stays() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2003:store.Locks.AcquireShared(ns)|};
            Console.WriteLine();
            if (flag)
                End();
            Console.WriteLine();

            void End()
            {
                Console.WriteLine();
                guard.Dispose();
            }
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            Console.WriteLine();
            if (flag)
                End();
            Console.WriteLine();

            void End()
            {
                Console.WriteLine();
                guard.Dispose();
            }
            """);
    }

    public class Titles
    {
        [Theory]
        [InlineData("{|NSL2001:store.Locks.AcquireShared(ns)|};", "Keep the guard with 'using var'")]
        [InlineData("var guard = {|NSL2002:store.Locks.AcquireShared(ns)|};", "Declare 'guard' with 'using'")]
        [InlineData("if ({|NSL2002:store.Locks.TryAcquireShared(ns)|} is { } guard) store.Read(ns);", "Dispose 'guard' with 'using'")]
        public Task Say_what_is_done(string statement, string title) => Verify.TitlesAsync(Sources.Method(statement), title);

        [Fact]
        public Task Say_that_the_end_is_awaited() => Verify.TitlesAsync(
            Sources.AsyncMethod("await {|NSL2001:store.Locks.AcquireSharedAsync(ns)|};"), "Keep the guard with 'await using var'");
    }

    public class In_other_places
    {
        [Fact]
        public Task Declaration_and_assignment_become_one() => Verify.BodyAsync(Key,
            """
            NamespaceLockGuard guard; // for all of it
            Console.WriteLine();
            guard = {|NSL2003:store.Locks.AcquireShared(ns)|}; // shared
            store.Read(ns);
            guard.Dispose();
            """,
            """
            // for all of it
            Console.WriteLine();
            using NamespaceLockGuard guard = store.Locks.AcquireShared(ns); // shared
            store.Read(ns);
            """);

        [Fact]
        public Task Variable_that_is_assigned_in_a_branch_is_scoped_there() => Verify.BodyAsync(Key,
            """
            NamespaceLockGuard? guard = null;
            if (flag)
            {
                guard = {|NSL2002:store.Locks.AcquireShared(ns)|};
                store.Read(ns);
            }

            Console.WriteLine(guard is null);
            """,
            """
            NamespaceLockGuard? guard = null;
            if (flag)
            {
                guard = store.Locks.AcquireShared(ns);
                using var guardScope = guard;
                store.Read(ns);
            }

            Console.WriteLine(guard is null);
            """);

        [Fact]
        public Task Copied_guard() => Verify.BodyAsync(Key,
            """
            var guard = {|NSL2002:store.Locks.AcquireShared(ns)|};
            var copy = guard;
            store.Read(copy.Namespace);
            """,
            """
            using var guard = store.Locks.AcquireShared(ns);
            var copy = guard;
            store.Read(copy.Namespace);
            """);

        [Fact]
        public Task Statements_on_one_line_stay_on_it() => Verify.BodyAsync(Key,
            """
            if ({|NSL2002:store.Locks.TryAcquireShared(ns)|} is not { } guard) return; store.Read(ns);
            """,
            """
            if (store.Locks.TryAcquireShared(ns) is not { } guard) return; using var guardScope = guard; store.Read(ns);
            """);

        [Fact]
        public Task Disposal_of_a_scoped_variable_goes() => Verify.BodyAsync(Key,
            """
            if ({|NSL2003:store.Locks.TryAcquireShared(ns)|} is not { } guard)
                return;
            store.Read(ns);
            guard.Dispose();
            """,
            """
            if (store.Locks.TryAcquireShared(ns) is not { } guard)
                return;
            using var guardScope = guard;
            store.Read(ns);
            """);

        [Fact]
        public Task Tuple_in_a_variable() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Open(BackupNamespace ns) => (store.Locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns)
                {
                    var opened = {|NSL2002:Open(ns)|};
                    Console.WriteLine(opened.Count);
                }
            }
            """,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Open(BackupNamespace ns) => (store.Locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns)
                {
                    var opened = Open(ns);
                    using var openedGuardScope = opened.Guard;
                    Console.WriteLine(opened.Count);
                }
            }
            """);

        [Fact]
        public Task Pattern_variable_is_scoped_in_its_branch() => Verify.BodyAsync(Key,
            """
            if ({|NSL2002:store.Locks.TryAcquireShared(ns)|} is { } guard)
                store.Read(ns);
            """,
            """
            if (store.Locks.TryAcquireShared(ns) is { } guard)
            {
                using var guardScope = guard;
                store.Read(ns);
            }
            """);

        [Fact]
        public Task Pattern_variable_is_scoped_behind_an_exit() => Verify.BodyAsync(Key,
            """
            if ({|NSL2002:store.Locks.TryAcquireShared(ns)|} is not { } guard)
                return;
            store.Read(ns);
            """,
            """
            if (store.Locks.TryAcquireShared(ns) is not { } guard)
                return;
            using var guardScope = guard;
            store.Read(ns);
            """);

        [Fact]
        public Task Owned_parameter_is_scoped() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                void M([TakesOwnership] NamespaceLockGuard {|NSL2002:guard|}, BackupNamespace ns)
                {
                    store.Count(BackupNamespace.Root);
                }

                int N([TakesOwnership] NamespaceLockGuard {|NSL2002:guard|}) => store.Count(guard.Namespace);
            }
            """,
            """
            class C(Store store)
            {
                void M([TakesOwnership] NamespaceLockGuard guard, BackupNamespace ns)
                {
                    using var guardScope = guard;
                    store.Count(BackupNamespace.Root);
                }

                int N([TakesOwnership] NamespaceLockGuard guard)
                {
                    using var guardScope = guard;
                    return store.Count(guard.Namespace);
                }
            }
            """);

        [Fact]
        public Task Deconstructed_variable_is_scoped() => Verify.FixAsync(Key,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Open(BackupNamespace ns) => (store.Locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns)
                {
                    var (guard, count) = {|NSL2002:Open(ns)|};
                    Console.WriteLine(count);
                }
            }
            """,
            """
            class C(Store store)
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                private (NamespaceLockGuard Guard, int Count) Open(BackupNamespace ns) => (store.Locks.AcquireShared(ns), 1);

                void M(BackupNamespace ns)
                {
                    var (guard, count) = Open(ns);
                    using var guardScope = guard;
                    Console.WriteLine(count);
                }
            }
            """);
    }
}
