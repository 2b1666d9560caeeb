using NamespaceLocking.CodeFixes.NSL1xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.NSL1001LockRequiredFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>What "acquire here" asks for the lock.</summary>
public class AcquireHereStoresTests
{
    private const string Key = NSL1001LockRequiredFix.AcquireHereKey;

    /// <summary>Stores that differ in how they grant their locks.</summary>
    private const string Stores =
        """

        /// <summary>Grants its own locks.</summary>
        sealed class OwnStore(NamespaceLockManager manager)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard LockShared(BackupNamespace ns) => manager.AcquireShared(ns);

            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard? TryLockShared(BackupNamespace ns) => manager.TryAcquireShared(ns);

            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            public NamespaceLockGuard LockExclusive(string reason, BackupNamespace ns) => manager.AcquireExclusive(ns);

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void Read(BackupNamespace ns) { }

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public void Write(BackupNamespace ns) { }
        }

        /// <summary>Has no locks in sight.</summary>
        sealed class BareStore
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void Read(BackupNamespace ns) { }

            [RequiresLock(LockMode.Exclusive, nameof(source))]
            [RequiresLock(LockMode.Exclusive, nameof(target))]
            public void Move(BackupNamespace source, BackupNamespace target) { }
        }

        /// <summary>Grants locks in its own way.</summary>
        sealed class Keeper(NamespaceLockManager manager)
        {
            [AcquiresLock(LockMode.Exclusive, nameof(place))]
            public NamespaceLockGuard Enter(BackupNamespace place, string reason = "") => manager.AcquireExclusive(place);
        }

        static class LockExtensions
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public static NamespaceLockGuard Hold(this BareStore store, BackupNamespace ns) => Manager.AcquireShared(ns);

            private static readonly NamespaceLockManager Manager = new("store", new InProcessLockProvider());
        }
        """;

    private static Task FixAsync(string source, string mended) => Verify.FixAsync(Key, source + Stores, mended + Stores);

    private static Task FixWithoutExtensionsAsync(string source, string mended)
    {
        var stores = Stores[..Stores.IndexOf("static class LockExtensions", StringComparison.Ordinal)];
        return Verify.FixAsync(Key, source + stores, mended + stores);
    }

    private static Task NoFixAsync(string source) => FixWithoutExtensionsAsync(source, source);

    [Fact]
    public Task Member_of_the_receiver() => FixAsync(
        """
        class C(NamespaceLockManager locks)
        {
            public void M(OwnStore store, BackupNamespace ns)
            {
                {|NSL1001:store.Read(ns)|};
            }
        }
        """,
        """
        class C(NamespaceLockManager locks)
        {
            public void M(OwnStore store, BackupNamespace ns)
            {
                using var nsGuard = store.LockShared(ns);
                store.Read(ns);
            }
        }
        """);

    [Fact]
    public Task Member_that_wants_more_than_the_namespace_is_passed_over() => FixAsync(
        """
        class C(NamespaceLockManager locks)
        {
            public void M(OwnStore store, BackupNamespace ns) => {|NSL1001:store.Write(ns)|};
        }
        """,
        """
        class C(NamespaceLockManager locks)
        {
            public void M(OwnStore store, BackupNamespace ns)
            {
                using var nsGuard = locks.AcquireExclusive(ns);
                store.Write(ns);
            }
        }
        """);

    [Fact]
    public Task Extension_of_the_receiver() => FixAsync(
        """
        class C
        {
            public void M(BareStore store, BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
        }
        """,
        """
        class C
        {
            public void M(BareStore store, BackupNamespace ns)
            {
                using var nsGuard = store.Hold(ns);
                store.Read(ns);
            }
        }
        """);

    [Fact]
    public Task Parameter() => FixWithoutExtensionsAsync(
        """
        class C
        {
            public void M(BareStore store, NamespaceLockManager locks, BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
        }
        """,
        """
        class C
        {
            public void M(BareStore store, NamespaceLockManager locks, BackupNamespace ns)
            {
                using var nsGuard = locks.AcquireShared(ns);
                store.Read(ns);
            }
        }
        """);

    [Fact]
    public Task Local() => FixWithoutExtensionsAsync(
        """
        class C
        {
            public void M(BareStore store, BackupNamespace ns)
            {
                var locks = new NamespaceLockManager("store", new InProcessLockProvider());
                {|NSL1001:store.Read(ns)|};
            }
        }
        """,
        """
        class C
        {
            public void M(BareStore store, BackupNamespace ns)
            {
                var locks = new NamespaceLockManager("store", new InProcessLockProvider());
                using var nsGuard = locks.AcquireShared(ns);
                store.Read(ns);
            }
        }
        """);

    [Fact]
    public Task Local_that_is_declared_later_is_passed_over() => NoFixAsync(
        """
        class C
        {
            public void M(BareStore store, BackupNamespace ns)
            {
                {|NSL1001:store.Read(ns)|};
                var locks = new NamespaceLockManager("store", new InProcessLockProvider());
            }
        }
        """);

    [Fact]
    public Task Field_beside_the_store() => FixWithoutExtensionsAsync(
        """
        class C(BareStore store, NamespaceLockManager locks)
        {
            private readonly BareStore _store = store;
            private readonly NamespaceLockManager _locks = locks;

            public void M(BackupNamespace ns) => {|NSL1001:_store.Read(ns)|};
        }
        """,
        """
        class C(BareStore store, NamespaceLockManager locks)
        {
            private readonly BareStore _store = store;
            private readonly NamespaceLockManager _locks = locks;

            public void M(BackupNamespace ns)
            {
                using var nsGuard = _locks.AcquireShared(ns);
                _store.Read(ns);
            }
        }
        """);

    [Fact]
    public Task Static_field_in_a_static_member() => FixWithoutExtensionsAsync(
        """
        class C
        {
            private static readonly NamespaceLockManager Locks = new("store", new InProcessLockProvider());
            private readonly NamespaceLockManager _locks = Locks;

            public static void M(BareStore store, BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
        }
        """,
        """
        class C
        {
            private static readonly NamespaceLockManager Locks = new("store", new InProcessLockProvider());
            private readonly NamespaceLockManager _locks = Locks;

            public static void M(BareStore store, BackupNamespace ns)
            {
                using var nsGuard = Locks.AcquireShared(ns);
                store.Read(ns);
            }
        }
        """);

    [Fact]
    public Task Own_member() => FixWithoutExtensionsAsync(
        """
        class C(NamespaceLockManager locks)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);

            [RequiresLock(LockMode.Shared, nameof(ns))]
            private void Read(BackupNamespace ns) { }

            public void M(BackupNamespace ns) => {|NSL1001:Read(ns)|};
        }
        """,
        """
        class C(NamespaceLockManager locks)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            private NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireShared(ns);

            [RequiresLock(LockMode.Shared, nameof(ns))]
            private void Read(BackupNamespace ns) { }

            public void M(BackupNamespace ns)
            {
                using var nsGuard = Lock(ns);
                Read(ns);
            }
        }
        """);

    [Fact]
    public Task Member_that_asks_does_not_call_itself() => NoFixAsync(
        """
        class C(BareStore store)
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard Lock(BackupNamespace ns)
            {
                {|NSL1001:store.Read(ns)|};
                throw new NotSupportedException();
            }
        }
        """);

    [Fact]
    public Task Any_type_that_acquires_whatever_its_members_are_called() => FixWithoutExtensionsAsync(
        """
        class C(Keeper keeper)
        {
            public void M(BareStore store, BackupNamespace ns, BackupNamespace ns2) => {|NSL1001:store.Move(ns, ns2)|};
        }
        """,
        """
        class C(Keeper keeper)
        {
            public void M(BareStore store, BackupNamespace ns, BackupNamespace ns2)
            {
                using var nsGuard = keeper.Enter(ns);
                using var ns2Guard = keeper.Enter(ns2);
                store.Move(ns, ns2);
            }
        }
        """);

    [Fact]
    public Task Of_two_managers_the_one_that_is_named_after_the_store() => FixWithoutExtensionsAsync(
        """
        class C
        {
            public void M(BareStore target, NamespaceLockManager sourceLocks, NamespaceLockManager targetLocks, BackupNamespace ns) =>
                {|NSL1001:target.Read(ns)|};
        }
        """,
        """
        class C
        {
            public void M(BareStore target, NamespaceLockManager sourceLocks, NamespaceLockManager targetLocks, BackupNamespace ns)
            {
                using var nsGuard = targetLocks.AcquireShared(ns);
                target.Read(ns);
            }
        }
        """);

    [Fact]
    public Task Of_two_managers_none_where_nobody_can_tell() => NoFixAsync(
        """
        class C
        {
            public void M(BareStore store, NamespaceLockManager first, NamespaceLockManager second, BackupNamespace ns) =>
                {|NSL1001:store.Read(ns)|};
        }
        """);

    [Fact]
    public Task Store_that_the_annotation_names() => FixWithoutExtensionsAsync(
        """
        static class Tools
        {
            [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(store))]
            public static void Copy(BackupNamespace ns, OwnStore store) { }
        }

        class C(OwnStore other)
        {
            public void M(OwnStore store, BackupNamespace ns) => {|NSL1001:Tools.Copy(ns, store)|};
        }
        """,
        """
        static class Tools
        {
            [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(store))]
            public static void Copy(BackupNamespace ns, OwnStore store) { }
        }

        class C(OwnStore other)
        {
            public void M(OwnStore store, BackupNamespace ns)
            {
                using var nsGuard = store.LockShared(ns);
                Tools.Copy(ns, store);
            }
        }
        """);

    [Fact]
    public Task Nothing_at_hand() => NoFixAsync(
        """
        class C
        {
            public void M(BareStore store, BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
        }
        """);

    [Fact]
    public Task Receiver_that_must_not_be_asked_for_twice() => NoFixAsync(
        """
        class C
        {
            private OwnStore Open() => new(new NamespaceLockManager("store", new InProcessLockProvider()));

            public void M(BackupNamespace ns) => {|NSL1001:Open().Read(ns)|};
        }
        """);
}
