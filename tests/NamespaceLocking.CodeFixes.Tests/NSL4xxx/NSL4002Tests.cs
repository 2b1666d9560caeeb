using NamespaceLocking.CodeFixes.NSL4xxx;
using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL4xxx.NSL4002OverrideChangesContractFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL4xxx;

/// <summary>The same annotation on the base member.</summary>
public class NSL4002Tests
{
    private const string Key = NSL4002OverrideChangesContractFix.SameOnBaseKey;

    [Fact]
    public Task Override_of_a_method_that_says_nothing() => Verify.FixAsync(Key,
        """
        abstract class Base
        {
            /// <summary>Runs.</summary>
            public abstract void Run(BackupNamespace ns); // Now.
        }

        class Derived : Base
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public override void {|NSL4002:Run|}(BackupNamespace ns) { }
        }
        """,
        """
        abstract class Base
        {
            /// <summary>Runs.</summary>
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public abstract void Run(BackupNamespace ns); // Now.
        }

        class Derived : Base
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public override void Run(BackupNamespace ns) { }
        }
        """);

    [Fact]
    public Task Weaker_mode_becomes_the_stronger_one() => Verify.FixAsync(Key,
        """
        interface IJob
        {
            // Not for long.
            [RequiresLock(LockMode.Shared, nameof(ns))] // For now.
            [Obsolete("Use the other one.")]
            void Run(BackupNamespace ns);
        }

        class Job : IJob
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public void {|NSL4002:Run|}(BackupNamespace ns) { }
        }
        """,
        """
        interface IJob
        {
            // Not for long.
            [RequiresLock(LockMode.Exclusive, nameof(ns))] // For now.
            [Obsolete("Use the other one.")]
            void Run(BackupNamespace ns);
        }

        class Job : IJob
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public void Run(BackupNamespace ns) { }
        }
        """);

    [Fact]
    public Task Parameters_with_other_names_and_a_store() => Verify.FixAsync(Key,
        """
        interface IJob
        {
            void Run(Store store, BackupNamespace @namespace);
        }

        class Job : IJob
        {
            [RequiresLock(LockMode.Exclusive, nameof(target), Store = nameof(owner))]
            public void {|NSL4002:Run|}(Store owner, BackupNamespace target) { }
        }
        """,
        """
        interface IJob
        {
            [RequiresLock(LockMode.Exclusive, nameof(@namespace), Store = nameof(store))]
            void Run(Store store, BackupNamespace @namespace);
        }

        class Job : IJob
        {
            [RequiresLock(LockMode.Exclusive, nameof(target), Store = nameof(owner))]
            public void Run(Store owner, BackupNamespace target) { }
        }
        """);

    [Fact]
    public Task Several_terms_of_which_one_is_there() => Verify.FixAsync(Key,
        """
        interface IJob
        {
            [RequiresLock(LockMode.Shared, nameof(source))]
            void Run(BackupNamespace source, BackupNamespace target);
        }

        class Job : IJob
        {
            [RequiresLock(LockMode.Shared, nameof(source)), RequiresLock(LockMode.Exclusive, nameof(target))]
            public void {|NSL4002:Run|}(BackupNamespace source, BackupNamespace target) { }
        }
        """,
        """
        interface IJob
        {
            [RequiresLock(LockMode.Shared, nameof(source))]
            [RequiresLock(LockMode.Exclusive, nameof(target))]
            void Run(BackupNamespace source, BackupNamespace target);
        }

        class Job : IJob
        {
            [RequiresLock(LockMode.Shared, nameof(source)), RequiresLock(LockMode.Exclusive, nameof(target))]
            public void Run(BackupNamespace source, BackupNamespace target) { }
        }
        """);

    [Fact]
    public Task Excludes_and_path_of_members() => Verify.FixAsync(Key,
        """
        interface IJob
        {
            void Run(Folder folder);
        }

        class Job : IJob
        {
            [ExcludesLock("folder.Namespace")]
            public void {|NSL4002:Run|}(Folder folder) { }
        }
        """,
        """
        interface IJob
        {
            [ExcludesLock("folder.Namespace")]
            void Run(Folder folder);
        }

        class Job : IJob
        {
            [ExcludesLock("folder.Namespace")]
            public void Run(Folder folder) { }
        }
        """);

    [Fact]
    public Task Promise_of_a_stronger_guard_is_taken_back() => Verify.FixAsync(Key,
        """
        public interface ILocks
        {
            [AcquiresLock(LockMode.Exclusive, nameof(ns))]
            ValueTask<NamespaceLockGuard> LockAsync(BackupNamespace ns);
        }

        public class Locks(NamespaceLockManager locks) : ILocks
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public ValueTask<NamespaceLockGuard> {|NSL4002:LockAsync|}(BackupNamespace ns) => locks.AcquireSharedAsync(ns);
        }
        """,
        """
        public interface ILocks
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            ValueTask<NamespaceLockGuard> LockAsync(BackupNamespace ns);
        }

        public class Locks(NamespaceLockManager locks) : ILocks
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            public ValueTask<NamespaceLockGuard> LockAsync(BackupNamespace ns) => locks.AcquireSharedAsync(ns);
        }
        """);

    [Fact]
    public Task Promise_of_a_second_namespace_is_taken_back() => Verify.FixAsync(Key,
        """
        public interface ILocks
        {
            /// <summary>Both.</summary>
            [AcquiresLock(LockMode.Exclusive, nameof(b))]
            [AcquiresLock(LockMode.Exclusive, nameof(a))]
            NamespaceLockGuard Lock(BackupNamespace a, BackupNamespace b);
        }

        public class Locks(NamespaceLockManager locks) : ILocks
        {
            [AcquiresLock(LockMode.Exclusive, nameof(a))]
            public NamespaceLockGuard {|NSL4002:Lock|}(BackupNamespace a, BackupNamespace b) => locks.AcquireExclusive(a);
        }
        """,
        """
        public interface ILocks
        {
            /// <summary>Both.</summary>
            [AcquiresLock(LockMode.Exclusive, nameof(a))]
            NamespaceLockGuard Lock(BackupNamespace a, BackupNamespace b);
        }

        public class Locks(NamespaceLockManager locks) : ILocks
        {
            [AcquiresLock(LockMode.Exclusive, nameof(a))]
            public NamespaceLockGuard Lock(BackupNamespace a, BackupNamespace b) => locks.AcquireExclusive(a);
        }
        """);

    [Fact]
    public Task Assertion_on_another_namespace() => Verify.FixAsync(Key,
        """
        interface ICheck
        {
            [AssertsLock(LockMode.Shared, nameof(a))]
            void Check(BackupNamespace a, BackupNamespace b);
        }

        class Check : ICheck
        {
            [AssertsLock(LockMode.Shared, nameof(b))]
            void ICheck.{|NSL4002:Check|}(BackupNamespace a, BackupNamespace b) { }
        }
        """,
        """
        interface ICheck
        {
            [AssertsLock(LockMode.Shared, nameof(b))]
            void Check(BackupNamespace a, BackupNamespace b);
        }

        class Check : ICheck
        {
            [AssertsLock(LockMode.Shared, nameof(b))]
            void ICheck.Check(BackupNamespace a, BackupNamespace b) { }
        }
        """);

    [Fact]
    public Task Property_of_a_record() => Verify.FixAsync(Key,
        """
        abstract record Base(BackupNamespace Namespace)
        {
            public abstract int Size { get; }
        }

        record Derived(BackupNamespace Namespace) : Base(Namespace)
        {
            [RequiresLock(LockMode.Shared, "this.Namespace")]
            public override int {|NSL4002:Size|} => 0;
        }
        """,
        """
        abstract record Base(BackupNamespace Namespace)
        {
            [RequiresLock(LockMode.Shared, "this.Namespace")]
            public abstract int Size { get; }
        }

        record Derived(BackupNamespace Namespace) : Base(Namespace)
        {
            [RequiresLock(LockMode.Shared, "this.Namespace")]
            public override int Size => 0;
        }
        """);

    [Fact]
    public Task Guard_parameter() => Verify.FixAsync(Key,
        """
        interface IJob
        {
            void Run(NamespaceLockGuard guard, BackupNamespace ns);
        }

        class Job : IJob
        {
            public void {|NSL4002:Run|}([RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard held, BackupNamespace ns) { }
        }
        """,
        """
        interface IJob
        {
            void Run([RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard guard, BackupNamespace ns);
        }

        class Job : IJob
        {
            public void Run([RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard held, BackupNamespace ns) { }
        }
        """);

    [Fact]
    public Task Generic_interface_and_explicit_implementation() => Verify.FixAsync(Key,
        """
        interface IJob<T>
        {
            [RequiresLock(LockMode.Shared)]
            Task<T> RunAsync(BackupNamespace ns, T value);
        }

        class Job : IJob<int>
        {
            [RequiresLock(LockMode.Exclusive)]
            async Task<int> IJob<int>.{|NSL4002:RunAsync|}(BackupNamespace ns, int value)
            {
                await Task.Yield();
                return value;
            }
        }
        """,
        """
        interface IJob<T>
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            Task<T> RunAsync(BackupNamespace ns, T value);
        }

        class Job : IJob<int>
        {
            [RequiresLock(LockMode.Exclusive)]
            async Task<int> IJob<int>.RunAsync(BackupNamespace ns, int value)
            {
                await Task.Yield();
                return value;
            }
        }
        """);

    [Fact]
    public Task Said_where_it_is_inherited_from() => Verify.FixAsync(Key,
        """
        abstract class Base
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public abstract void Run(BackupNamespace ns);
        }

        class Middle : Base
        {
            public override void Run(BackupNamespace other) { }
        }

        class Derived : Middle
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public override void {|NSL4002:Run|}(BackupNamespace ns) { }
        }
        """,
        """
        abstract class Base
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public abstract void Run(BackupNamespace ns);
        }

        class Middle : Base
        {
            public override void Run(BackupNamespace other) { }
        }

        class Derived : Middle
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public override void Run(BackupNamespace ns) { }
        }
        """);

    [Fact]
    public Task Base_class_and_interface_and_two_kinds() => Verify.FixAsync(Key,
        """
        interface IJob
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            void Run(BackupNamespace ns, BackupNamespace other);
        }

        abstract class Base : IJob
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public abstract void Run(BackupNamespace ns, BackupNamespace other);
        }

        class Derived : Base
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            [ExcludesLock(nameof(other))]
            public override void {|NSL4002:Run|}(BackupNamespace ns, BackupNamespace other) { }
        }
        """,
        """
        interface IJob
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            [ExcludesLock(nameof(other))]
            void Run(BackupNamespace ns, BackupNamespace other);
        }

        abstract class Base : IJob
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            [ExcludesLock(nameof(other))]
            public abstract void Run(BackupNamespace ns, BackupNamespace other);
        }

        class Derived : Base
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            [ExcludesLock(nameof(other))]
            public override void Run(BackupNamespace ns, BackupNamespace other) { }
        }
        """);

    [Fact]
    public Task Two_overrides_of_one_base() => Verify.FixAsync(Key,
        """
        abstract class Base
        {
            public abstract void Run(BackupNamespace a, BackupNamespace b);
        }

        class First : Base
        {
            [RequiresLock(LockMode.Exclusive, nameof(a))]
            public override void {|NSL4002:Run|}(BackupNamespace a, BackupNamespace b) { }
        }

        partial class Second : Base
        {
            [RequiresLock(LockMode.Shared, nameof(a)), RequiresLock(LockMode.Shared, nameof(b))]
            public override partial void {|NSL4002:Run|}(BackupNamespace a, BackupNamespace b);

            public override partial void Run(BackupNamespace a, BackupNamespace b) { }
        }
        """,
        """
        abstract class Base
        {
            [RequiresLock(LockMode.Exclusive, nameof(a))]
            [RequiresLock(LockMode.Shared, nameof(b))]
            public abstract void Run(BackupNamespace a, BackupNamespace b);
        }

        class First : Base
        {
            [RequiresLock(LockMode.Exclusive, nameof(a))]
            public override void Run(BackupNamespace a, BackupNamespace b) { }
        }

        partial class Second : Base
        {
            [RequiresLock(LockMode.Shared, nameof(a)), RequiresLock(LockMode.Shared, nameof(b))]
            public override partial void Run(BackupNamespace a, BackupNamespace b);

            public override partial void Run(BackupNamespace a, BackupNamespace b) { }
        }
        """);

    [Fact]
    public Task Base_in_another_file_that_does_not_import_the_library() => Verify.FilesAsync(Key,
        [
            ("Base.cs", "public abstract class Base\n{\n    public abstract void Run(NamespaceLocking.BackupNamespace ns);\n}\n"),
            ("Derived.cs",
                """
                using NamespaceLocking;

                public class Derived : Base
                {
                    [RequiresLock(LockMode.Shared, nameof(ns))]
                    public override void {|NSL4002:Run|}(BackupNamespace ns) { }
                }
                """),
        ],
        [
            ("Base.cs",
                "public abstract class Base\n{\n    [NamespaceLocking.RequiresLock(NamespaceLocking.LockMode.Shared, nameof(ns))]\n" +
                "    public abstract void Run(NamespaceLocking.BackupNamespace ns);\n}\n"),
            ("Derived.cs",
                """
                using NamespaceLocking;

                public class Derived : Base
                {
                    [RequiresLock(LockMode.Shared, nameof(ns))]
                    public override void Run(BackupNamespace ns) { }
                }
                """),
        ]);

    /// <remarks>The test framework takes Fix All for idle where it changes the other project alone.</remarks>
    [Fact]
    public Task Bases_in_two_projects() => Verify.ProjectsAsync(Key,
        """
        public abstract class Base
        {
            public abstract void Run(BackupNamespace ns);
        }
        """,
        """
        public interface IJob
        {
            void Run(BackupNamespace ns);
        }

        public class Derived : Base, IJob
        {
            [RequiresLock(LockMode.Shared, nameof(target))]
            public override void {|NSL4002:Run|}(BackupNamespace target) { }
        }
        """,
        """
        public abstract class Base
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public abstract void Run(BackupNamespace ns);
        }
        """,
        """
        public interface IJob
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            void Run(BackupNamespace ns);
        }

        public class Derived : Base, IJob
        {
            [RequiresLock(LockMode.Shared, nameof(target))]
            public override void Run(BackupNamespace target) { }
        }
        """);

    [Fact]
    public Task One_accessor() => Verify.FixAsync(Key,
        """
        interface IIndex
        {
            BackupNamespace Namespace { get; }

            int Size { get; set; }

            int Count
            {
                get;

                // Seldom.
                [RequiresLock(LockMode.Shared, "this.Namespace")]
                set;
            }

            int Cleared { get; init; }
        }

        class Index : IIndex
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public int {|NSL4002:Size|} { get; [RequiresLock(LockMode.Exclusive, "this.Namespace")] set; }

            public int {|NSL4002:Count|} { [RequiresLock(LockMode.Shared, "this.Namespace")] get; [RequiresLock(LockMode.Exclusive, "this.Namespace")] set; }

            public int {|NSL4002:Cleared|} { get; [ExcludesLock("this.Namespace")] init; }
        }
        """,
        """
        interface IIndex
        {
            BackupNamespace Namespace { get; }

            int Size { get; [RequiresLock(LockMode.Exclusive, "this.Namespace")] set; }

            int Count
            {
                [RequiresLock(LockMode.Shared, "this.Namespace")]
                get;

                // Seldom.
                [RequiresLock(LockMode.Exclusive, "this.Namespace")]
                set;
            }

            int Cleared { get; [ExcludesLock("this.Namespace")] init; }
        }

        class Index : IIndex
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public int Size { get; [RequiresLock(LockMode.Exclusive, "this.Namespace")] set; }

            public int Count { [RequiresLock(LockMode.Shared, "this.Namespace")] get; [RequiresLock(LockMode.Exclusive, "this.Namespace")] set; }

            public int Cleared { get; [ExcludesLock("this.Namespace")] init; }
        }
        """);

    [Fact]
    public Task The_accessor_that_is_overridden() => Verify.FixAsync(Key,
        """
        abstract class Index
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public virtual int Size { get; set; }

            public abstract int Count { get; }
        }

        class Locked : Index
        {
            [RequiresLock(LockMode.Shared, "this.Namespace")]
            public override int {|NSL4002:Size|} { get => 1; }

            public override int {|NSL4002:Count|} { [RequiresLock(LockMode.Shared, "this.Namespace")] get => 1; }
        }
        """,
        """
        abstract class Index
        {
            public BackupNamespace Namespace { get; } = BackupNamespace.Root;

            public virtual int Size { [RequiresLock(LockMode.Shared, "this.Namespace")] get; set; }

            [RequiresLock(LockMode.Shared, "this.Namespace")]
            public abstract int Count { get; }
        }

        class Locked : Index
        {
            [RequiresLock(LockMode.Shared, "this.Namespace")]
            public override int Size { get => 1; }

            public override int Count { [RequiresLock(LockMode.Shared, "this.Namespace")] get => 1; }
        }
        """);

    [Fact]
    public Task Not_where_the_base_is_of_another_library() => Verify.NoFixAsync(Key,
        """
        class Job : IComparable<BackupNamespace>
        {
            [RequiresLock(LockMode.Shared, nameof(other))]
            public int {|NSL4002:CompareTo|}(BackupNamespace? other) => 0;
        }
        """);

    [Fact]
    public Task Not_where_the_base_cannot_name_it() => Verify.NoFixAsync(Key,
        """
        abstract class Base
        {
            public abstract void Run();
        }

        class Derived(BackupNamespace ns) : Base
        {
            private readonly BackupNamespace _ns = ns;

            [RequiresLock(LockMode.Shared, "this._ns")]
            public override void {|NSL4002:Run|}() { }
        }
        """);

    [Fact]
    public Task Not_where_nothing_would_be_promised_any_more() => Verify.NoFixAsync(Key,
        """
        public interface ILocks
        {
            [AcquiresLock(LockMode.Shared, nameof(ns))]
            NamespaceLockGuard Lock(BackupNamespace ns);
        }

        public class Locks(NamespaceLockManager locks) : ILocks
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public NamespaceLockGuard {|NSL4002:Lock|}(BackupNamespace ns) => locks.AcquireShared(ns);
        }
        """);

    [Fact]
    public Task Not_where_another_implementation_keeps_the_promise_that_would_go() => Verify.NoFixAsync(Key,
        """
        interface ICheck
        {
            [AssertsLock(LockMode.Shared, nameof(a))]
            void Check(BackupNamespace a, BackupNamespace b);
        }

        class First : ICheck
        {
            [AssertsLock(LockMode.Shared, nameof(b))]
            public void {|NSL4002:Check|}(BackupNamespace a, BackupNamespace b) { }
        }

        class Second : ICheck
        {
            [AssertsLock(LockMode.Shared, nameof(a))]
            public void Check(BackupNamespace a, BackupNamespace b) { }
        }
        """);

    [Fact]
    public Task Half_typed_code() => Verify.NoFixAsync(Key,
        """
        abstract class Base
        {
            public abstract void Run(BackupNamespace ns, {|CS0246:Missing|} value);
        }

        class Derived : Base
        {
            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public override void {|NSL4002:Run|}(BackupNamespace ns, {|CS0246:Missing|} value) { }
        }
        """);

    [Fact]
    public Task Title() => Verify.TitlesAsync(
        """
        interface IJob
        {
            void Run(BackupNamespace ns);
        }

        class Job : IJob
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void {|NSL4002:Run|}(BackupNamespace ns) { }
        }
        """,
        "Say the same at 'IJob.Run'");
}
