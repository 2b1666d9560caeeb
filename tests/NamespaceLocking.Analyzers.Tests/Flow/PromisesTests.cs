namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Requirements in the places where C# lets a member stand.</summary>
public class PromisesTests
{
    [Fact]
    public Task A_default_interface_member() => Verify.SourceAsync(
        """
        interface IStore
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            int Count(BackupNamespace ns);

            [RequiresLock(LockMode.Shared, nameof(ns))]
            bool IsEmpty(BackupNamespace ns) => Count(ns) == 0;

            bool IsRootEmpty() => {|NSL1001:IsEmpty(BackupNamespace.Root)|};
        }
        """);

    [Fact]
    public Task A_record() => Verify.SourceAsync(
        """
        record Entry(BackupNamespace Namespace, Datastore Store)
        {
            [RequiresLock(LockMode.Shared, "this.Namespace")]
            public int Count() => Store.Count(Namespace);

            public bool IsEmpty => {|NSL1001:Count()|} == 0;
        }
        """);

    [Fact]
    public Task A_struct() => Verify.SourceAsync(
        """
        readonly struct Entry(BackupNamespace ns, Datastore store)
        {
            public BackupNamespace Namespace { get; } = ns;

            [RequiresLock(LockMode.Shared, "Namespace")]
            public int Count() => store.Count(Namespace);
        }

        class C
        {
            int M(Entry entry, NamespaceLockManager locks)
            {
                using var guard = locks.AcquireShared(entry.Namespace);
                return entry.Count();
            }
        }
        """);

    [Fact]
    public Task A_ref_struct() => Verify.SourceAsync(
        """
        ref struct Cursor(BackupNamespace ns)
        {
            public readonly BackupNamespace Namespace = ns;

            [RequiresLock(LockMode.Shared, "Namespace")]
            public int Read() => 0;
        }

        class C
        {
            int M(BackupNamespace ns) => {|NSL1001:new Cursor(ns).Read()|};
        }
        """);

    [Fact]
    public Task A_generic_type() => Verify.SourceAsync(
        """
        class Repository<T>
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public void Save(BackupNamespace ns, T value) { }
        }

        class C
        {
            void M(Repository<string> repository, NamespaceLockManager locks, BackupNamespace ns)
            {
                {|NSL1001:repository.Save(ns, "a")|};
                using var guard = locks.AcquireExclusive(ns);
                repository.Save(ns, "b");
            }
        }
        """);

    [Fact]
    public Task An_override_in_a_generic_type() => Verify.SourceAsync(
        """
        abstract class Repository<T>
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public abstract void Save(BackupNamespace ns, T value);
        }

        sealed class Names(Datastore store) : Repository<string>
        {
            public override void Save(BackupNamespace ns, string value) => store.Delete(ns);
        }

        class C
        {
            void M(Names names, BackupNamespace ns) => {|NSL1001:names.Save(ns, "a")|};
        }
        """);

    [Fact]
    public Task An_operator() => Verify.SourceAsync(
        """
        sealed class Entry(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [RequiresLock(LockMode.Shared, "left.Namespace")]
            public static int operator +(Entry left, int right) => right;
        }

        class C
        {
            int M(Entry entry, NamespaceLockManager locks)
            {
                using var guard = locks.AcquireShared(entry.Namespace);
                return entry + 1;
            }
        }
        """);

    [Fact]
    public Task An_operator_without_a_guard() => Verify.SourceAsync(
        """
        sealed class Entry(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [RequiresLock(LockMode.Shared, "left.Namespace")]
            public static int operator +(Entry left, int right) => right;
        }

        class C
        {
            int M(Entry entry) => {|NSL1001:entry + 1|};
        }
        """);

    [Fact]
    public Task An_extension_member() => Verify.SourceAsync(
        """
        static class Extensions
        {
            extension(Datastore store)
            {
                [RequiresLock(LockMode.Shared, "ns")]
                public bool IsEmpty(BackupNamespace ns) => store.Count(ns) == 0;
            }
        }

        class C
        {
            void M(Datastore store, NamespaceLockManager locks, BackupNamespace ns)
            {
                var before = {|NSL1001:store.IsEmpty(ns)|};
                using var guard = locks.AcquireShared(ns);
                var after = store.IsEmpty(ns);
            }
        }
        """);

    [Fact]
    public Task A_partial_method() => Verify.SourceAsync(
        """
        partial class Job
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            internal partial void Run(BackupNamespace ns);
        }

        partial class Job(Datastore store)
        {
            internal partial void Run(BackupNamespace ns) => store.Backup(ns);
        }

        class C
        {
            void M(Job job, BackupNamespace ns) => {|NSL1001:job.Run(ns)|};
        }
        """);

    [Fact]
    public Task A_file_local_type() => Verify.SourceAsync(
        """
        file sealed class Job(Datastore store)
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void Run(BackupNamespace ns) => store.Backup(ns);

            public void RunAll(BackupNamespace ns) => {|NSL1001:Run(ns)|};
        }
        """);

    [Fact]
    public Task An_explicit_interface_call() => Verify.SourceAsync(
        """
        interface IJob
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            void Run(BackupNamespace ns);
        }

        sealed class Job : IJob
        {
            void IJob.Run(BackupNamespace ns) { }
        }

        class C
        {
            void M(Job job, NamespaceLockManager locks, BackupNamespace ns)
            {
                {|NSL1001:((IJob)job).Run(ns)|};
                using var guard = locks.AcquireShared(ns);
                ((IJob)job).Run(ns);
            }
        }
        """);

    [Fact]
    public Task The_path_of_a_requirement_follows_the_arguments_by_name() => Verify.BodyAsync(
        """
        using var guard = locks.AcquireExclusive(ns);
        store.Move(target: ns.Child("a"), source: ns.Child("b"));
        """);

    [Fact]
    public Task A_requirement_on_a_property_of_a_record() => Cases.BodyAsync(
        """
        static class Tools
        {
            [RequiresLock(LockMode.Shared, "job.Namespace")]
            public static void Run(Job job, int times = 1) { }
        }

        sealed record Job(BackupNamespace Namespace);
        """,
        """
        var job = new Job(ns);
        using (locks.AcquireShared(job.Namespace))
            Tools.Run(job);
        {|NSL1004:Tools.Run(job)|};
        """);

    [Fact]
    public Task A_variable_that_holds_another_object_now() => Cases.BodyAsync(
        """
        static class Tools
        {
            [RequiresLock(LockMode.Shared, "job.Namespace")]
            public static void Run(Job job) { }
        }

        sealed record Job(BackupNamespace Namespace);
        """,
        """
        var job = new Job(ns);
        using var guard = locks.AcquireShared(job.Namespace);
        job = new Job(ns2);
        {|NSL1003:Tools.Run(job)|};
        """);

    [Fact]
    public Task A_static_constructor_and_a_static_field() => Verify.SourceAsync(
        """
        static class Settings
        {
            private static readonly Datastore Store = new();
            private static readonly int Size = {|NSL1001:Store.Count(BackupNamespace.Root)|};

            static Settings() => {|NSL1001:Store.Backup(BackupNamespace.Root)|};

            public static int Read() => Size;
        }
        """);

    [Fact]
    public Task A_setter() => Verify.SourceAsync(
        """
        class Entry(Datastore store)
        {
            private BackupNamespace _ns = BackupNamespace.Root;

            public BackupNamespace Namespace
            {
                get => _ns;
                set
                {
                    {|NSL1001:store.Delete(value)|};
                    _ns = value;
                }
            }
        }
        """);

    [Fact]
    public Task The_base_s_constructor() => Verify.SourceAsync(
        """
        class Base
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            protected Base(BackupNamespace ns) { }
        }

        class Derived : Base
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public Derived(BackupNamespace ns) : base(ns) { }
        }
        """);

    [Fact]
    public Task Two_requirements_of_two_modes() => Cases.BodyAsync(
        """
        static class Tools
        {
            [RequiresLock(LockMode.Shared, nameof(source))]
            [RequiresLock(LockMode.Exclusive, nameof(target))]
            public static void Copy(BackupNamespace source, BackupNamespace target) { }
        }
        """,
        """
        using var reading = locks.AcquireShared(ns);
        using (locks.AcquireExclusive(ns2))
            Tools.Copy(ns, ns2);
        using (locks.AcquireShared(ns2))
            {|NSL1004:Tools.Copy(ns, ns2)|};
        """);
}
