namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>An override or implementation asks for more than what it overrides, or promises less.</summary>
public static class NSL4002Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("", "[RequiresLock(LockMode.Shared, nameof(ns))]")]
        [InlineData("", "[RequiresLock(LockMode.Exclusive, nameof(ns))]")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "[RequiresLock(LockMode.Exclusive, nameof(ns))]")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "[RequiresLock(LockMode.Shared, nameof(ns2))]")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "[RequiresLock(LockMode.Shared, nameof(ns)), RequiresLock(LockMode.Shared, nameof(ns2))]")]
        [InlineData("", "[ExcludesLock(nameof(ns))]")]
        [InlineData("[ExcludesLock(nameof(ns))]", "[ExcludesLock(nameof(ns)), ExcludesLock(nameof(ns2))]")]
        [InlineData("[AssertsLock(LockMode.Exclusive, nameof(ns))]", "[AssertsLock(LockMode.Shared, nameof(ns))]")]
        [InlineData("[AssertsLock(LockMode.Shared, nameof(ns))]", "[AssertsLock(LockMode.Shared, nameof(ns2))]")]
        public Task Override_of_a_method(string declared, string overriding) => Verify.SourceAsync(
            $$"""
            abstract class Base
            {
                {{declared}}
                public abstract void Run(BackupNamespace ns, BackupNamespace ns2);
            }

            class Derived : Base
            {
                {{overriding}}
                public override void {|NSL4002:Run|}(BackupNamespace ns, BackupNamespace ns2) { }
            }
            """);

        [Theory]
        [InlineData("", "[RequiresLock(LockMode.Shared, nameof(ns))]")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "[RequiresLock(LockMode.Exclusive, nameof(ns))]")]
        [InlineData("", "[ExcludesLock(nameof(ns))]")]
        [InlineData("[AssertsLock(LockMode.Exclusive, nameof(ns))]", "[AssertsLock(LockMode.Shared, nameof(ns))]")]
        public Task Implementation_of_an_interface(string declared, string implementing) => Verify.SourceAsync(
            $$"""
            interface IJob
            {
                {{declared}}
                void Run(BackupNamespace ns);
            }

            class Job : IJob
            {
                {{implementing}}
                public void {|NSL4002:Run|}(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Partial_member_once() => Verify.SourceAsync(
            """
            interface IJob
            {
                void Run(BackupNamespace ns);
            }

            partial class Job : IJob
            {
                public partial void {|NSL4002:Run|}(BackupNamespace ns);

                [RequiresLock(LockMode.Shared, nameof(ns))]
                public partial void Run(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Explicit_implementation() => Verify.SourceAsync(
            """
            interface IJob
            {
                void Run(BackupNamespace ns);
            }

            class Job : IJob
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void IJob.{|NSL4002:Run|}(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Implementation_of_a_generic_interface() => Verify.SourceAsync(
            """
            interface IJob<T>
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void Run(BackupNamespace ns, T value);
            }

            class Job : IJob<int>
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public void {|NSL4002:Run|}(BackupNamespace ns, int value) { }
            }
            """);

        [Fact]
        public Task Override_of_an_override_without_annotations() => Verify.SourceAsync(
            """
            abstract class Base
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public abstract void Run(BackupNamespace ns);
            }

            class Middle : Base
            {
                public override void Run(BackupNamespace ns) { }
            }

            class Derived : Middle
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public override void {|NSL4002:Run|}(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Parameter_with_another_name() => Verify.SourceAsync(
            """
            interface IJob
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void Run(BackupNamespace ns);
            }

            class Job : IJob
            {
                [RequiresLock(LockMode.Exclusive, nameof(target))]
                public void {|NSL4002:Run|}(BackupNamespace target) { }
            }
            """);

        [Fact]
        public Task Property() => Verify.SourceAsync(
            """
            abstract class Base(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                public abstract int Size { get; }
            }

            class Derived(BackupNamespace ns) : Base(ns)
            {
                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public override int {|NSL4002:Size|} => 0;
            }
            """);

        [Fact]
        public Task Guard_held_more_weakly() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                public NamespaceLockGuard {|NSL4002:Lock|}(BackupNamespace ns) => locks.AcquireShared(ns);
            }
            """);

        [Fact]
        public Task Guard_on_another_namespace() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns2))]
                public NamespaceLockGuard {|NSL4002:Lock|}(BackupNamespace ns, BackupNamespace ns2) => locks.AcquireShared(ns2);
            }
            """);

        [Fact]
        public Task One_of_two_promised_namespaces() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                [AcquiresLock(LockMode.Exclusive, nameof(ns2))]
                NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                public NamespaceLockGuard {|NSL4002:Lock|}(BackupNamespace ns, BackupNamespace ns2) => locks.AcquireExclusive(ns);
            }
            """);

        [Fact]
        public Task Asynchronous_acquisition() => Verify.SourceAsync(
            """
            abstract class Base
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                public abstract ValueTask<NamespaceLockGuard> LockAsync(BackupNamespace ns);
            }

            class Derived(NamespaceLockManager locks) : Base
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                public override ValueTask<NamespaceLockGuard> {|NSL4002:LockAsync|}(BackupNamespace ns) => locks.AcquireSharedAsync(ns);
            }
            """);

        [Fact]
        public Task Override_in_a_record() => Verify.SourceAsync(
            """
            abstract record Base
            {
                public abstract void Run(BackupNamespace ns);
            }

            record Derived : Base
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public override void {|NSL4002:Run|}(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Static_abstract_member() => Verify.SourceAsync(
            """
            interface IJob<TSelf> where TSelf : IJob<TSelf>
            {
                static abstract void Run(BackupNamespace ns);
            }

            class Job : IJob<Job>
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public static void {|NSL4002:Run|}(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Guard_parameter_that_must_hold_more() => Verify.SourceAsync(
            """
            interface IJob
            {
                void Run(NamespaceLockGuard guard);
            }

            class Job : IJob
            {
                public void {|NSL4002:Run|}([RequiresLock(LockMode.Exclusive, "guard.Namespace")] NamespaceLockGuard guard) { }
            }
            """);

        [Fact]
        public Task Lock_of_another_store() => Verify.SourceAsync(
            """
            interface IJob
            {
                [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(source))]
                void Run(BackupNamespace ns, Datastore source, Datastore target);
            }

            class Job : IJob
            {
                [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(target))]
                public void {|NSL4002:Run|}(BackupNamespace ns, Datastore source, Datastore target) { }
            }
            """);

        [Fact]
        public Task Implementation_in_an_interface() => Verify.SourceAsync(
            """
            interface IJob
            {
                void Run(BackupNamespace ns);
            }

            interface IOther : IJob
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void IJob.{|NSL4002:Run|}(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Override_of_a_member_that_a_file_annotates() => Verify.SourceAsync(
            """
            class Base
            {
                public virtual void Run(BackupNamespace ns) { }
            }

            class Derived : Base
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public override void {|NSL4002:Run|}(BackupNamespace ns) { }
            }
            """,
            """M:Base.Run(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Shared, "ns")""");

        [Fact]
        public Task Implementation_that_is_inherited() => Verify.SourceAsync(
            """
            interface IJob
            {
                void Run(BackupNamespace ns);
            }

            class Base
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public void {|NSL4002:Run|}(BackupNamespace ns) { }
            }

            class First : Base, IJob;

            class Second : Base, IJob;
            """);

        [Fact]
        public Task One_of_two_interfaces() => Verify.SourceAsync(
            """
            interface IRead
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void Run(BackupNamespace ns);
            }

            interface IWrite
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                void Run(BackupNamespace ns);
            }

            class Job : IRead, IWrite
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public void {|NSL4002:Run|}(BackupNamespace ns) { }
            }
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("", "")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "[RequiresLock(LockMode.Shared, nameof(ns))]")]
        [InlineData("[RequiresLock(LockMode.Exclusive, nameof(ns))]", "[RequiresLock(LockMode.Exclusive, nameof(ns))]")]
        [InlineData("[RequiresLock(LockMode.Exclusive, nameof(ns))]", "[RequiresLock(LockMode.Shared, nameof(ns))]")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns)), RequiresLock(LockMode.Shared, nameof(ns2))]", "[RequiresLock(LockMode.Shared, nameof(ns))]")]
        [InlineData("[ExcludesLock(nameof(ns))]", "")]
        [InlineData("[ExcludesLock(nameof(ns))]", "[ExcludesLock(nameof(ns))]")]
        [InlineData("[AssertsLock(LockMode.Shared, nameof(ns))]", "")]
        [InlineData("[AssertsLock(LockMode.Shared, nameof(ns))]", "[AssertsLock(LockMode.Shared, nameof(ns))]")]
        [InlineData("[AssertsLock(LockMode.Shared, nameof(ns))]", "[AssertsLock(LockMode.Exclusive, nameof(ns))]")]
        [InlineData("", "[AssertsLock(LockMode.Shared, nameof(ns))]")]
        public Task Override_of_a_method(string declared, string overriding) => Verify.SourceAsync(
            $$"""
            abstract class Base
            {
                {{declared}}
                public abstract void Run(BackupNamespace ns, BackupNamespace ns2);
            }

            class Derived : Base
            {
                {{overriding}}
                public override void Run(BackupNamespace ns, BackupNamespace ns2) { }
            }
            """);

        [Theory]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "[RequiresLock(LockMode.Shared, nameof(target))]")]
        [InlineData("[RequiresLock(LockMode.Exclusive, nameof(ns))]", "[RequiresLock(LockMode.Shared, nameof(target))]")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "[RequiresLock(LockMode.Shared)]")]
        [InlineData("[ExcludesLock(nameof(ns))]", "[ExcludesLock(nameof(target))]")]
        public Task Implementation_whose_parameter_has_another_name(string declared, string implementing) => Verify.SourceAsync(
            $$"""
            interface IJob
            {
                {{declared}}
                void Run(BackupNamespace ns);
            }

            class Job : IJob
            {
                {{implementing}}
                public void Run(BackupNamespace target) { }
            }
            """);

        [Fact]
        public Task Explicit_implementation_with_the_same_annotation() => Verify.SourceAsync(
            """
            interface IJob
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void Run(BackupNamespace ns);
            }

            class Job : IJob
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void IJob.Run(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Member_that_hides_another() => Verify.SourceAsync(
            """
            class Base
            {
                public void Run(BackupNamespace ns) { }
            }

            class Derived : Base
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public new void Run(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Overload() => Verify.SourceAsync(
            """
            interface IJob
            {
                void Run(BackupNamespace ns);
            }

            class Job : IJob
            {
                public void Run(BackupNamespace ns) { }

                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public void Run(BackupNamespace ns, int count) { }
            }
            """);

        [Fact]
        public Task Same_path_written_in_two_ways() => Verify.SourceAsync(
            """
            abstract class Base(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public abstract int Size { get; }

                [RequiresLock(LockMode.Shared)]
                public abstract void Run();
            }

            class Derived(BackupNamespace ns) : Base(ns)
            {
                [RequiresLock(LockMode.Shared, "Namespace")]
                public override int Size => 0;

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public override void Run() { }
            }
            """);

        [Fact]
        public Task Property_of_the_interface() => Verify.SourceAsync(
            """
            interface IJob
            {
                BackupNamespace Namespace { get; }

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                void Run();
            }

            class Job(BackupNamespace ns) : IJob
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public void Run() { }
            }
            """);

        [Fact]
        public Task Guard_held_more_strongly() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireExclusive(ns);
            }
            """);

        [Fact]
        public Task Guard_on_one_more_namespace() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                [AcquiresLock(LockMode.Exclusive, nameof(ns2))]
                public NamespaceLockGuard Lock(BackupNamespace ns, BackupNamespace ns2) => locks.AcquireExclusive(ns, ns2);
            }
            """);

        [Fact]
        public Task Guard_without_an_annotation_of_its_own() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireExclusive(ns);
            }
            """);

        [Fact]
        public Task Generic_interface() => Verify.SourceAsync(
            """
            interface IJob<T>
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                void Run(BackupNamespace ns, T value);
            }

            class Job<T> : IJob<T>
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                public void Run(BackupNamespace ns, T value) { }
            }
            """);

        [Theory]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "[RequiresLock(LockMode.Shared, \"ns.Parent\")]")]
        [InlineData("[RequiresLock(LockMode.Shared, nameof(ns))]", "[RequiresLock(LockMode.Shared, \"BackupNamespace.Root\")]")]
        [InlineData("[RequiresLock(LockMode.Exclusive, \"ns.Parent\")]", "[RequiresLock(LockMode.Exclusive, nameof(ns))]")]
        [InlineData("[RequiresLock(LockMode.Exclusive, \"BackupNamespace.Root\")]", "[RequiresLock(LockMode.Exclusive, nameof(ns))]")]
        [InlineData("[ExcludesLock(\"ns.Parent\")]", "[ExcludesLock(nameof(ns))]")]
        public Task What_the_hierarchy_covers(string declared, string overriding) => Verify.SourceAsync(
            $$"""
            abstract class Base
            {
                {{declared}}
                public abstract void Run(BackupNamespace ns);
            }

            class Derived : Base
            {
                {{overriding}}
                public override void Run(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Field_that_the_property_returns() => Verify.SourceAsync(
            """
            interface IJob
            {
                BackupNamespace Namespace { get; }

                [RequiresLock(LockMode.Shared, "this.Namespace")]
                void Run();
            }

            class Job(BackupNamespace ns) : IJob
            {
                private readonly BackupNamespace _ns = ns;

                public BackupNamespace Namespace => _ns;

                [RequiresLock(LockMode.Shared, nameof(_ns))]
                public void Run() { }
            }
            """);

        [Fact]
        public Task Acquisition_that_says_that_it_excludes() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns)), ExcludesLock(nameof(ns))]
                public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireExclusive(ns);
            }
            """);

        [Fact]
        public Task Annotation_that_names_nothing_is_one_mistake() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Exclusive, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);
            }

            class Locks(NamespaceLockManager locks) : ILocks
            {
                [{|NSL4001:AcquiresLock(LockMode.Exclusive, "nope")|}, RequiresLock(LockMode.Shared, "BackupNamespace.Root")]
                public NamespaceLockGuard Lock(BackupNamespace ns) => locks.AcquireExclusive(ns);
            }
            """);

        [Fact]
        public Task Type_that_implements_nothing() => Verify.SourceAsync(
            """
            class Job
            {
                [RequiresLock(LockMode.Exclusive, nameof(ns))]
                public virtual void Run(BackupNamespace ns) { }
            }
            """);
    }
}
