namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>What a line of <c>LockAnnotations.txt</c> says holds as if it stood in the source.</summary>
public static class LockAnnotationsTests
{
    public class Flagged
    {
        [Fact]
        public Task Requirement() => Verify.SourceAsync(
            """
            class Api
            {
                public void Delete(BackupNamespace ns) { }
            }

            class C
            {
                void M(Api api, BackupNamespace name) => {|NSL1001:api.Delete(name)|};
            }
            """,
            """M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")""");

        [Fact]
        public Task Requirement_of_a_member_that_cannot_be_edited() => Verify.SourceAsync(
            """
            class C
            {
                void M(string path) => {|NSL1001:System.IO.File.Delete(path)|};
            }
            """,
            """M:System.IO.File.Delete(System.String);RequiresLock(LockMode.Exclusive, "BackupNamespace.Root")""");

        [Fact]
        public Task Requirement_added_to_one_of_the_source() => Verify.SourceAsync(
            """
            class Api
            {
                [RequiresLock(LockMode.Exclusive, nameof(source))]
                public void Move(BackupNamespace source, BackupNamespace target) { }
            }

            class C(NamespaceLockManager locks)
            {
                void M(Api api, BackupNamespace ns, BackupNamespace ns2)
                {
                    using var guard = locks.AcquireExclusive(ns);
                    {|NSL1003:api.Move(ns, ns2)|};
                }
            }
            """,
            """M:Api.Move(NamespaceLocking.BackupNamespace,NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "target")""");

        [Fact]
        public Task Acquisition() => Verify.SourceAsync(
            """
            interface ILocks
            {
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class C
            {
                void M(ILocks locks, BackupNamespace name)
                {
                    using var guard = locks.Lock(name);
                    using var guard2 = {|NSL3002:locks.Lock(name)|};
                }
            }
            """,
            """M:ILocks.Lock(NamespaceLocking.BackupNamespace);AcquiresLock(LockMode.Exclusive, "ns")""");

        [Fact]
        public Task Exclusion() => Verify.SourceAsync(
            """
            interface IApi
            {
                void Compact(BackupNamespace ns);
            }

            class C(NamespaceLockManager locks)
            {
                void M(IApi api, BackupNamespace name)
                {
                    using var guard = locks.AcquireShared(name);
                    {|NSL3004:api.Compact(name)|};
                }
            }
            """,
            """M:IApi.Compact(NamespaceLocking.BackupNamespace);ExcludesLock("ns")""");

        [Fact]
        public Task Guard_type() => Verify.SourceAsync(
            """
            sealed class Ticket : IDisposable
            {
                public void Dispose() { }
            }

            class C
            {
                void M()
                {
                    {|NSL2001:new Ticket()|};
                }
            }
            """,
            "T:Ticket;LockGuard");

        [Fact]
        public Task Conversion_of_a_member_that_requires_a_lock() => Verify.SourceAsync(
            """
            class Api
            {
                public void Delete(BackupNamespace ns) { }
            }

            class C
            {
                Action<BackupNamespace> M(Api api) => {|NSL4003:api.Delete|};
            }
            """,
            """M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")""");
    }

    public class Clean
    {
        [Fact]
        public Task Requirement_under_a_guard() => Verify.SourceAsync(
            """
            class Api
            {
                public void Delete(BackupNamespace ns) { }
            }

            class C(NamespaceLockManager locks)
            {
                void M(Api api, BackupNamespace name)
                {
                    using var guard = locks.AcquireExclusive(name);
                    api.Delete(name);
                }
            }
            """,
            """M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")""");

        [Fact]
        public Task Line_in_a_comment() => Verify.SourceAsync(
            """
            class Api
            {
                public void Delete(BackupNamespace ns) { }
            }

            class C
            {
                void M(Api api, BackupNamespace name) => api.Delete(name);
            }
            """,
            """#M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")""");

        [Fact]
        public Task Line_for_another_overload() => Verify.SourceAsync(
            """
            class Api
            {
                public void Delete(BackupNamespace ns) { }

                public void Delete(BackupNamespace ns, int count) { }
            }

            class C
            {
                void M(Api api, BackupNamespace name) => api.Delete(name);
            }
            """,
            """M:Api.Delete(NamespaceLocking.BackupNamespace,System.Int32);RequiresLock(LockMode.Exclusive, "ns")""");

        [Fact]
        public Task Acquisition_that_covers_an_operation() => Verify.SourceAsync(
            """
            public interface ILocks
            {
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class C
            {
                void M(ILocks locks, Datastore store, BackupNamespace name)
                {
                    using var guard = locks.Lock(name);
                    store.Delete(name);
                }
            }
            """,
            """M:ILocks.Lock(NamespaceLocking.BackupNamespace);AcquiresLock(LockMode.Exclusive, "ns")""");

        [Fact]
        public Task Parameter_that_takes_ownership() => Verify.SourceAsync(
            """
            class Api
            {
                public void Release(NamespaceLockGuard guard) => guard.Dispose();
            }

            class C(NamespaceLockManager locks)
            {
                void M(Api api, BackupNamespace ns) => api.Release(locks.AcquireShared(ns));
            }
            """,
            "M:Api.Release(NamespaceLocking.NamespaceLockGuard);param guard: TakesOwnership");

        [Fact]
        public Task Returned_namespace_in_another_one() => Verify.SourceAsync(
            """
            interface IApi
            {
                BackupNamespace Normalized(BackupNamespace ns);
            }

            class C(NamespaceLockManager locks)
            {
                void M(IApi api, Datastore store, BackupNamespace name)
                {
                    using var guard = locks.AcquireShared(name);
                    store.Backup(api.Normalized(name));
                }
            }
            """,
            """M:IApi.Normalized(NamespaceLocking.BackupNamespace);return: InNamespace("ns")""");

        [Fact]
        public Task Returned_namespace_below_another_one() => Verify.SourceAsync(
            """
            interface IApi
            {
                BackupNamespace Newest(BackupNamespace ns);
            }

            class C(NamespaceLockManager locks)
            {
                void M(IApi api, Datastore store, BackupNamespace name)
                {
                    using var guard = locks.AcquireExclusive(name);
                    store.Backup(api.Newest(name));
                }
            }
            """,
            """M:IApi.Newest(NamespaceLocking.BackupNamespace) ; return: DescendantOf("ns")""");

        [Fact]
        public Task Several_lines() => Verify.SourceAsync(
            """
            class Api
            {
                public void Delete(BackupNamespace ns) { }

                public void Read(BackupNamespace ns) { }
            }

            class C(NamespaceLockManager locks)
            {
                void M(Api api, BackupNamespace name)
                {
                    using var guard = locks.AcquireExclusive(name);
                    api.Read(name);
                    api.Delete(name);
                }
            }
            """,
            """
            # The API that cannot be edited.
            M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")
            M:Api.Read(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Shared, "ns")
            """);
    }
}
