using NamespaceLocking.CodeFixes.NSL2xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL2xxx.NSL2004GuardOverwrittenFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL2xxx;

/// <summary>A new variable for a guard that overwrote another one.</summary>
public class NSL2004Tests
{
    private const string Key = NSL2004GuardOverwrittenFix.NewVariableKey;

    [Fact]
    public Task Both_guards_are_disposed_by_using() => Verify.BodyAsync(Key,
        """
        var guard = store.Locks.AcquireShared(ns);
        store.Read(ns);
        {|NSL2004:guard = {|NSL2003:store.Locks.AcquireShared(ns2)|}|}; // the other one
        store.Read(guard.Namespace);
        guard.Dispose();
        """,
        """
        using var guard = store.Locks.AcquireShared(ns);
        store.Read(ns);
        using var guard2 = store.Locks.AcquireShared(ns2); // the other one
        store.Read(guard2.Namespace);
        """);

    [Fact]
    public Task Asynchronous_code() => Verify.AsyncBodyAsync(Key,
        """
        var guard = await store.Locks.AcquireSharedAsync(ns);
        await store.ReadAsync(ns);
        {|NSL2004:guard = await store.Locks.AcquireSharedAsync(ns2)|};
        await guard.DisposeAsync();
        """,
        """
        await using var guard = await store.Locks.AcquireSharedAsync(ns);
        await store.ReadAsync(ns);
        await using var guard2 = await store.Locks.AcquireSharedAsync(ns2);
        """);

    [Fact]
    public Task Three_guards_in_one_variable() => Verify.BodyAsync(Key,
        """
        var guard = store.Locks.AcquireShared(ns);
        {|NSL2004:guard = store.Locks.AcquireShared(ns2)|};
        {|NSL2004:guard = store.Locks.AcquireShared(BackupNamespace.Root)|};
        guard.Dispose();
        """,
        """
        using var guard = store.Locks.AcquireShared(ns);
        using var guard2 = store.Locks.AcquireShared(ns2);
        using var guard3 = store.Locks.AcquireShared(BackupNamespace.Root);
        """);

    [Fact]
    public Task Old_guard_out_of_an_argument_gets_a_scope() => Verify.FixAsync(Key,
        """
        class C(Store store)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = store.Locks.AcquireShared(ns);

            void M(BackupNamespace ns, BackupNamespace ns2)
            {
                Lock(ns, out var guard);
                {|NSL2004:guard = store.Locks.AcquireShared(ns2)|};
                guard.Dispose();
            }
        }
        """,
        """
        class C(Store store)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private void Lock(BackupNamespace ns, out NamespaceLockGuard guard) => guard = store.Locks.AcquireShared(ns);

            void M(BackupNamespace ns, BackupNamespace ns2)
            {
                Lock(ns, out var guard);
                using var guardScope = guard;
                using var guard2 = store.Locks.AcquireShared(ns2);
            }
        }
        """);

    [Fact]
    public Task Old_guard_of_an_assignment_gets_a_scope() => Verify.BodyAsync(Key,
        """
        NamespaceLockGuard guard;
        guard = store.Locks.AcquireShared(ns);
        {|NSL2004:guard = store.Locks.AcquireShared(ns2)|};
        guard.Dispose();
        """,
        """
        NamespaceLockGuard guard;
        guard = store.Locks.AcquireShared(ns);
        using var guardScope = guard;
        using var guard2 = store.Locks.AcquireShared(ns2);
        """);

    [Fact]
    public Task Top_level_statements() => Verify.ProgramAsync(Key,
        """
        var locks = new NamespaceLockManager("store", new InProcessLockProvider());
        var guard = locks.AcquireShared(BackupNamespace.Root);
        {|NSL2004:guard = locks.AcquireShared(BackupNamespace.Parse("a"))|};
        guard.Dispose();
        """,
        """
        var locks = new NamespaceLockManager("store", new InProcessLockProvider());
        using var guard = locks.AcquireShared(BackupNamespace.Root);
        using var guard2 = locks.AcquireShared(BackupNamespace.Parse("a"));

        """);

    [Fact]
    public Task Guard_of_another_variable_is_left_alone() => Verify.NoFixInBodyAsync(Key,
        """
        using var other = store.Locks.AcquireShared(ns2);
        var guard = store.Locks.AcquireShared(ns);
        {|NSL2004:guard = other|};
        """);

    [Fact]
    public Task Name_that_is_taken() => Verify.BodyAsync(Key,
        """
        var guard2 = 1;
        var guard = store.Locks.AcquireShared(ns);
        {|NSL2004:guard = store.Locks.AcquireShared(ns2)|};
        guard.Dispose();
        """,
        """
        var guard2 = 1;
        using var guard = store.Locks.AcquireShared(ns);
        using var guard3 = store.Locks.AcquireShared(ns2);
        """);

    [Fact]
    public Task Variable_that_is_used_behind_the_branch_is_left_alone() => Verify.NoFixInBodyAsync(Key,
        """
        var guard = store.Locks.AcquireShared(ns);
        if (flag)
        {
            {|NSL2004:guard = store.Locks.AcquireShared(ns2)|};
        }

        guard.Dispose();
        """);

    [Fact]
    public Task Variable_of_a_loop_is_left_alone() => Verify.NoFixInBodyAsync(Key,
        """
        var guard = store.Locks.AcquireShared(ns);
        while (flag)
        {
            {|NSL2004:guard = store.Locks.AcquireShared(ns2)|};
        }
        """);
}
