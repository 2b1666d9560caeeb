using NamespaceLocking.CodeFixes.NSL3xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL3xxx.NSL3003WaitUnderGuardFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL3xxx;

/// <summary>One acquisition of both, at the earlier place.</summary>
public class NSL3003Tests
{
    private const string Key = NSL3003WaitUnderGuardFix.AcquireBothKey;

    /// <summary>A store whose members acquire two in other modes, under names of its own.</summary>
    private const string Vault =
        """

        public sealed class Vault(NamespaceLockManager locks)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard Enter(BackupNamespace ns, TimeSpan patience = default) => locks.AcquireShared(ns, patience);

            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public NamespaceLockGuard Seal(BackupNamespace ns, TimeSpan patience = default) => locks.AcquireExclusive(ns, patience);

            [AcquiresLock(LockMode.Exclusive, nameof(target))]
            [AcquiresLock(LockMode.Shared, nameof(source))]
            public NamespaceLockGuard ForCopy(BackupNamespace target, BackupNamespace source, TimeSpan patience) => locks.AcquireExclusive(target, source, patience);

            [AcquiresLock(LockMode.Shared, nameof(left))]
            [AcquiresLock(LockMode.Shared, nameof(right))]
            public NamespaceLockGuard Compare(BackupNamespace left, BackupNamespace right, CancellationToken token = default, TimeSpan patience = default) =>
                locks.AcquireExclusive(left, right, patience, token);
        }
        """;

    private static Task VaultAsync(string statements, string mended) => Verify.FixAsync(Key, InVault(statements), InVault(mended));

    private static string InVault(string statements) => Sources.Method(statements).Replace("Store store", "Store store, Vault vault, TimeSpan timeout") + Vault;

    [Fact]
    public Task Later_declaration_goes() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireExclusive(ns);
        // The target too.
        using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};
        store.Move(ns, ns2); // Both are held.
        """,
        """
        using var guard = store.Locks.AcquireExclusive(ns, ns2, TimeSpan.FromSeconds(5));
        // The target too.
        store.Move(ns, ns2); // Both are held.
        """);

    [Fact]
    public Task Timeout_and_token_are_those_of_the_one_that_waits() => Verify.FixAsync(Key,
        """
        class C(Store store)
        {
            public void M(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout, CancellationToken token)
            {
                using var guard = store.Locks.AcquireExclusive(ns, TimeSpan.FromSeconds(1), token);
                using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(timeout: timeout, ns: ns2)|};
                store.Move(ns, ns2);
            }
        }
        """,
        """
        class C(Store store)
        {
            public void M(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout, CancellationToken token)
            {
                using var guard = store.Locks.AcquireExclusive(ns, ns2, timeout, token);
                store.Move(ns, ns2);
            }
        }
        """);

    [Fact]
    public Task Statements_between() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireExclusive(ns);
        store.Read(ns);
        if (flag)
            return;
        using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2.Child("x"), TimeSpan.FromSeconds(5))|};
        store.Write(ns2.Child("x"));
        """,
        """
        using var guard = store.Locks.AcquireExclusive(ns, ns2.Child("x"), TimeSpan.FromSeconds(5));
        store.Read(ns);
        if (flag)
            return;
        store.Write(ns2.Child("x"));
        """);

    [Fact]
    public Task Later_variable_is_the_one_guard_from_now_on() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireExclusive(ns);
        using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};
        guard2.ThrowIfNotExclusive(ns2);
        if (guard2.IsHeld)
            store.Move(ns, ns2);
        guard2.Dispose();
        """,
        """
        using var guard = store.Locks.AcquireExclusive(ns, ns2, TimeSpan.FromSeconds(5));
        guard.ThrowIfNotExclusive(ns2);
        if (guard.IsHeld)
            store.Move(ns, ns2);
        """);

    [Fact]
    public Task Guard_for_a_parameter_that_says_what_it_holds() => Verify.FixAsync(Key,
        """
        class C(Store store)
        {
            public void M(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
            {
                using var guard = store.Locks.AcquireExclusive(ns);
                using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, timeout)|};
                Write(guard2, ns2);
            }

            private void Write([RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard guard, BackupNamespace ns) => store.Write(ns);
        }
        """,
        """
        class C(Store store)
        {
            public void M(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
            {
                using var guard = store.Locks.AcquireExclusive(ns, ns2, timeout);
                Write(guard, ns2);
            }

            private void Write([RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard guard, BackupNamespace ns) => store.Write(ns);
        }
        """);

    [Fact]
    public Task Using_statements_in_one_another() => Verify.BodyAsync(Key,
        """
        using (store.Locks.AcquireExclusive(ns))
        using ({|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|})
        {
            // Both.
            store.Move(ns, ns2);
        }
        """,
        """
        using (store.Locks.AcquireExclusive(ns, ns2, TimeSpan.FromSeconds(5)))
        {
            // Both.
            store.Move(ns, ns2);
        }
        """);

    [Fact]
    public Task Using_statement_with_a_variable_in_a_block() => Verify.BodyAsync(Key,
        """
        using (var guard = store.Locks.AcquireExclusive(ns))
        {
            store.Read(ns);
            using (var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|})
            {
                guard2.ThrowIfNotExclusive(ns2);
                store.Move(ns, ns2);
            }
        }
        """,
        """
        using (var guard = store.Locks.AcquireExclusive(ns, ns2, TimeSpan.FromSeconds(5)))
        {
            store.Read(ns);
            guard.ThrowIfNotExclusive(ns2);
            store.Move(ns, ns2);
        }
        """);

    [Fact]
    public Task Earlier_guard_that_a_finally_disposes() => Verify.BodyAsync(Key,
        """
        var guard = store.Locks.AcquireExclusive(ns);
        try
        {
            using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};
            store.Move(ns, ns2);
        }
        finally
        {
            guard.Dispose();
        }
        """,
        """
        var guard = store.Locks.AcquireExclusive(ns, ns2, TimeSpan.FromSeconds(5));
        try
        {
            store.Move(ns, ns2);
        }
        finally
        {
            guard.Dispose();
        }
        """);

    [Fact]
    public Task Asynchronous_code() => Verify.AsyncBodyAsync(Key,
        """
        await using var guard = await store.Locks.AcquireExclusiveAsync(ns).ConfigureAwait(false);
        await using var guard2 = await {|NSL3003:store.Locks.AcquireExclusiveAsync(ns2, TimeSpan.FromSeconds(5))|}.ConfigureAwait(false);
        await store.WriteAsync(ns2);
        """,
        """
        await using var guard = await store.Locks.AcquireExclusiveAsync(ns, ns2, TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        await store.WriteAsync(ns2);
        """);

    [Fact]
    public Task Only_the_wait_was_asynchronous() => Verify.AsyncBodyAsync(Key,
        """
        using var guard = store.Locks.AcquireExclusive(ns);
        await using var guard2 = await {|NSL3003:store.Locks.AcquireExclusiveAsync(ns2, TimeSpan.FromSeconds(5))|};
        await store.WriteAsync(ns2);
        """,
        """
        using var guard = await store.Locks.AcquireExclusiveAsync(ns, ns2, TimeSpan.FromSeconds(5));
        await store.WriteAsync(ns2);
        """);

    [Fact]
    public Task Shared_guards_become_an_exclusive_one_where_the_store_has_no_other() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(ns);
        using var guard2 = {|NSL3003:store.Locks.AcquireShared(ns2, TimeSpan.FromSeconds(5))|};
        store.Read(ns2);
        """,
        """
        using var guard = store.Locks.AcquireExclusive(ns, ns2, TimeSpan.FromSeconds(5));
        store.Read(ns2);
        """);

    [Fact]
    public Task Member_of_the_store_in_the_modes_asked_for() => VaultAsync(
        """
        using var guard = vault.Enter(ns);
        using var guard2 = {|NSL3003:vault.Enter(ns2, timeout)|};
        store.Read(ns2);
        """,
        """
        using var guard = vault.Compare(ns, ns2, patience: timeout);
        store.Read(ns2);
        """);

    [Fact]
    public Task Member_of_the_store_that_has_them_the_other_way_round() => VaultAsync(
        """
        using var guard = vault.Enter(ns);
        using var guard2 = {|NSL3003:vault.Seal(ns2, timeout)|};
        store.Copy(ns, ns2);
        """,
        """
        using var guard = vault.ForCopy(ns2, ns, timeout);
        store.Copy(ns, ns2);
        """);

    [Fact]
    public Task Not_where_the_store_has_no_member_in_these_modes() => Verify.NoFixAsync(Key, InVault(
        """
        using var guard = vault.Seal(ns);
        using var guard2 = {|NSL3003:vault.Seal(ns2, timeout)|};
        store.Move(ns, ns2);
        """));

    [Fact]
    public Task Several_members_lambdas_and_local_functions() => Verify.FixAsync(Key,
        """
        class C(Store store)
        {
            public void M(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
            {
                using var guard = store.Locks.AcquireExclusive(ns);
                using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, timeout)|};
                store.Move(ns, ns2);
            }

            public Action N(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
            {
                Local();
                return () =>
                {
                    using var guard = store.Locks.AcquireExclusive(ns);
                    using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, timeout)|};
                    store.Move(ns, ns2);
                };

                void Local()
                {
                    using var guard = store.Locks.AcquireExclusive(ns2);
                    using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns, timeout)|};
                    store.Move(ns, ns2);
                }
            }
        }
        """,
        """
        class C(Store store)
        {
            public void M(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
            {
                using var guard = store.Locks.AcquireExclusive(ns, ns2, timeout);
                store.Move(ns, ns2);
            }

            public Action N(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
            {
                Local();
                return () =>
                {
                    using var guard = store.Locks.AcquireExclusive(ns, ns2, timeout);
                    store.Move(ns, ns2);
                };

                void Local()
                {
                    using var guard = store.Locks.AcquireExclusive(ns2, ns, timeout);
                    store.Move(ns, ns2);
                }
            }
        }
        """);

    [Fact]
    public Task Member_called_without_a_receiver() => Verify.FixAsync(Key,
        """
        sealed class Locks(NamespaceLockManager locks)
        {
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public NamespaceLockGuard One(BackupNamespace ns, TimeSpan timeout) => locks.AcquireExclusive(ns, timeout);

            [AcquiresLock(LockMode.Exclusive, nameof(a))]
            [AcquiresLock(LockMode.Exclusive, nameof(b))]
            public NamespaceLockGuard Two(BackupNamespace a, BackupNamespace b, TimeSpan timeout) => locks.AcquireExclusive(a, b, timeout);

            public void M(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
            {
                using var @lock = One(ns, timeout);
                using var lock2 = {|NSL3003:One(ns2, timeout)|};
                lock2.ThrowIfNotExclusive(ns2);
            }
        }
        """,
        """
        sealed class Locks(NamespaceLockManager locks)
        {
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public NamespaceLockGuard One(BackupNamespace ns, TimeSpan timeout) => locks.AcquireExclusive(ns, timeout);

            [AcquiresLock(LockMode.Exclusive, nameof(a))]
            [AcquiresLock(LockMode.Exclusive, nameof(b))]
            public NamespaceLockGuard Two(BackupNamespace a, BackupNamespace b, TimeSpan timeout) => locks.AcquireExclusive(a, b, timeout);

            public void M(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
            {
                using var @lock = Two(ns, ns2, timeout);
                @lock.ThrowIfNotExclusive(ns2);
            }
        }
        """);

    [Fact]
    public Task Top_level_statements() => Verify.ProgramAsync(Key,
        """
        var locks = new NamespaceLockManager("store", new InProcessLockProvider());
        using var guard = locks.AcquireExclusive(BackupNamespace.Parse("a"));
        using var guard2 = {|NSL3003:locks.AcquireExclusive(BackupNamespace.Parse("b"), TimeSpan.FromSeconds(5))|};
        Console.WriteLine();
        """,
        """
        var locks = new NamespaceLockManager("store", new InProcessLockProvider());
        using var guard = locks.AcquireExclusive(BackupNamespace.Parse("a"), BackupNamespace.Parse("b"), TimeSpan.FromSeconds(5));
        Console.WriteLine();
        """);

    [Theory]
    [InlineData("Console.WriteLine(guard2.Namespace);")]
    [InlineData("Console.WriteLine(guard2.Mode);")]
    [InlineData("Console.WriteLine(guard.Namespace);")]
    [InlineData("Console.WriteLine(guard2);")]
    [InlineData("var copy = guard2; copy.ThrowIfNotExclusive(ns2);")]
    public Task Not_where_one_namespace_of_the_guard_is_asked_for(string use) => Verify.NoFixInBodyAsync(Key,
        $$"""
        using var guard = store.Locks.AcquireExclusive(ns);
        using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};
        {{use}}
        """);

    [Theory]
    [InlineData("if (flag)")]
    [InlineData("while (flag)")]
    [InlineData("foreach (var item in new[] { 1, 2 })")]
    public Task Not_where_the_later_one_is_not_always_reached(string head) => Verify.NoFixInBodyAsync(Key,
        $$"""
        using var guard = store.Locks.AcquireExclusive(ns);
        {{head}}
        {
            using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};
            store.Move(ns, ns2);
        }
        """);

    [Theory]
    [InlineData("ns2 = ns2.Child(\"x\");", "ns2, TimeSpan.FromSeconds(5)")]
    [InlineData("var other = ns2.Child(\"x\");", "other, TimeSpan.FromSeconds(5)")]
    [InlineData("Console.ReadLine();", "ns2, TimeSpan.FromSeconds(Console.ReadLine()!.Length)")]
    public Task Not_where_what_it_is_asked_with_comes_to_be_between(string between, string arguments) => Verify.NoFixInBodyAsync(Key,
        $$"""
        using var guard = store.Locks.AcquireExclusive(ns);
        {{between}}
        using var guard2 = {|NSL3003:store.Locks.AcquireExclusive({{arguments}})|};
        """);

    [Theory]
    [InlineData("using var guard2 = {|NSL3003:store.Locks.TryAcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};")]
    [InlineData("using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, /* Long. */ TimeSpan.FromSeconds(5))|};")]
    [InlineData("using var guard2 = {|NSL3003:new Store(store.Locks).Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};")]
    public Task Not_where_it_cannot_be_asked_for_in_the_same_way(string later) => Verify.NoFixInBodyAsync(Key,
        $$"""
        using var guard = store.Locks.AcquireExclusive(ns);
        {{later}}
        """);

    [Fact]
    public Task Not_where_callers_hold_the_other_one() => Verify.NoFixAsync(Key,
        """
        class C(Store store)
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void M(BackupNamespace ns, BackupNamespace ns2)
            {
                using var guard = {|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};
            }
        }
        """);

    [Fact]
    public Task Not_where_an_exclusive_lock_would_be_in_the_way_of_another_one() => Verify.NoFixInBodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(ns);
        using var below = store.Locks.AcquireShared(ns.Child("x"));
        using var guard2 = {|NSL3003:store.Locks.AcquireShared(ns2, TimeSpan.FromSeconds(5))|};
        store.Read(ns2);
        """);

    [Fact]
    public Task Half_typed_code() => Verify.NoFixInBodyAsync(Key,
        """
        using var guard = store.Locks.AcquireExclusive(ns);
        using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds({|CS0103:five|}))|};
        guard2.{|CS1001:{|CS1002:|}|}
        """);

    [Fact]
    public Task Title_says_with_what() => Verify.TitlesAsync(
        Sources.Method(
            """
            using var guard = store.Locks.AcquireExclusive(ns);
            using var guard2 = {|NSL3003:store.Locks.AcquireExclusive(ns2, TimeSpan.FromSeconds(5))|};
            """),
        "Acquire both with one call of 'AcquireExclusive'");
}
