using NamespaceLocking.CodeFixes.NSL3xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL3xxx.NSL3001ExclusiveUnderSharedFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL3xxx;

/// <summary>Exclusive at the earlier place, and nothing at the later one.</summary>
public class NSL3001Tests
{
    private const string Key = NSL3001ExclusiveUnderSharedFix.ExclusiveFromTheStartKey;

    [Fact]
    public Task Later_declaration_goes() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(ns);
        store.Read(ns);
        // And now to write.
        using var guard2 = {|NSL3001:store.Locks.AcquireExclusive(ns)|};
        store.Write(ns);
        """,
        """
        using var guard = store.Locks.AcquireExclusive(ns);
        store.Read(ns);
        // And now to write.
        store.Write(ns);
        """);

    [Fact]
    public Task Later_variable_is_the_earlier_one_from_now_on() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(ns);
        store.Read(ns);
        using var guard2 = {|NSL3001:store.Locks.AcquireExclusive(ns)|};
        guard2.ThrowIfNotExclusive(ns);
        guard2.Dispose();
        """,
        """
        using var guard = store.Locks.AcquireExclusive(ns);
        store.Read(ns);
        guard.ThrowIfNotExclusive(ns);
        """);

    [Fact]
    public Task Later_using_statement_is_taken_off() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(ns);
        using ({|NSL3001:store.Locks.AcquireExclusive(ns)|})
        {
            // Write it.
            store.Write(ns);
            store.Write(ns);
        }
        """,
        """
        using var guard = store.Locks.AcquireExclusive(ns);
        // Write it.
        store.Write(ns);
        store.Write(ns);
        """);

    [Fact]
    public Task Later_using_statement_with_a_variable() => Verify.BodyAsync(Key,
        """
        using (var guard = store.Locks.AcquireShared(ns))
        {
            using (var guard2 = {|NSL3001:store.Locks.AcquireExclusive(ns)|})
                store.Write(guard2.Namespace);
        }
        """,
        """
        using (var guard = store.Locks.AcquireExclusive(ns))
        {
            store.Write(guard.Namespace);
        }
        """);

    [Fact]
    public Task Asynchronous_code() => Verify.AsyncBodyAsync(Key,
        """
        await using var guard = await store.Locks.AcquireSharedAsync(ns);
        await using var guard2 = await {|NSL3001:store.Locks.AcquireExclusiveAsync(ns)|};
        await store.WriteAsync(ns);
        """,
        """
        await using var guard = await store.Locks.AcquireExclusiveAsync(ns);
        await store.WriteAsync(ns);
        """);

    [Fact]
    public Task Several_members_of_a_file() => Verify.FixAsync(Key,
        """
        class C(Store store)
        {
            public void M(BackupNamespace ns)
            {
                using var guard = store.Locks.AcquireShared(ns);
                using var guard2 = {|NSL3001:store.Locks.AcquireExclusive(ns)|};
                store.Write(ns);
            }

            public void N(BackupNamespace ns)
            {
                using var guard = store.Locks.AcquireShared(ns);
                using var guard2 = {|NSL3001:store.Locks.AcquireExclusive(ns)|};
                store.Write(ns);
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

    [Fact]
    public Task Shared_guard_below_makes_way_for_the_upper_one() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(ns.Child("x"));
        store.Read(ns.Child("x"));
        using var guard2 = {|NSL3001:store.Locks.AcquireExclusive(ns)|};
        store.Write(ns);
        """,
        """
        using var guard = store.Locks.AcquireExclusive(ns);
        store.Read(ns.Child("x"));
        store.Write(ns);
        """);

    [Fact]
    public Task Parent_of_the_shared_guards_namespace() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(ns);
        using var guard2 = {|NSL3001:store.Locks.AcquireExclusive(ns.Parent)|};
        store.Write(ns.Parent);
        """,
        """
        using var guard = store.Locks.AcquireExclusive(ns.Parent);
        store.Write(ns.Parent);
        """);

    [Fact]
    public Task Constant_above_the_shared_guards_namespace() => Verify.BodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(BackupNamespace.Parse("a/b"));
        using var guard2 = {|NSL3001:store.Locks.AcquireExclusive(BackupNamespace.Parse("a"))|};
        store.Write(BackupNamespace.Parse("a"));
        """,
        """
        using var guard = store.Locks.AcquireExclusive(BackupNamespace.Parse("a"));
        store.Write(BackupNamespace.Parse("a"));
        """);

    [Fact]
    public Task Two_namespaces_asked_for_later_are_left_alone() => Verify.NoFixInBodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(ns);
        using var both = {|NSL3001:store.Locks.AcquireExclusive(ns, ns2)|};
        store.Move(ns, ns2);
        """);

    [Fact]
    public Task Namespace_that_only_a_test_shows_to_be_above_is_left_alone() => Verify.NoFixInBodyAsync(Key,
        """
        using var guard = store.Locks.AcquireShared(ns);
        if (ns2.Contains(ns))
        {
            using var guard2 = {|NSL3001:store.Locks.AcquireExclusive(ns2)|};
            store.Write(ns2);
        }
        """);

    [Fact]
    public Task Title_says_what_is_acquired_instead() => Verify.TitlesAsync(
        Sources.Method(
            """
            using var guard = store.Locks.AcquireShared(ns);
            using var guard2 = {|NSL3001:store.Locks.AcquireExclusive(ns)|};
            """),
        "Acquire 'ns' with 'AcquireExclusive' in the first place, and drop this");

    [Fact]
    public Task Returned_guard_is_left_alone() => Verify.NoFixAsync(Key,
        """
        class C(Store store)
        {
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public NamespaceLockGuard M(BackupNamespace ns)
            {
                using var guard = store.Locks.AcquireShared(ns);
                store.Read(ns);
                return {|NSL3001:store.Locks.AcquireExclusive(ns)|};
            }
        }
        """);
}
