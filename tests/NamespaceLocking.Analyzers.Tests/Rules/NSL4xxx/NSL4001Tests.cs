namespace NamespaceLocking.Analyzers.Tests.Rules;

/// <summary>An annotation names what is not there, or is not a namespace or store; or leaves open which of several is meant.</summary>
public static class NSL4001Tests
{
    public class Flagged
    {
        [Theory]
        [InlineData("nope")]
        [InlineData("NS")]
        [InlineData("")]
        [InlineData("ns.Nope")]
        [InlineData("this.Nope")]
        [InlineData("Nope.Root")]
        public Task Path_that_names_nothing(string path) => Verify.SourceAsync(
            $$"""
            class C
            {
                [{|NSL4001:RequiresLock(LockMode.Shared, "{{path}}")|}]
                void M(BackupNamespace ns) { }
            }
            """);

        [Theory]
        [InlineData("count")]
        [InlineData("ns.Depth")]
        [InlineData("this")]
        [InlineData("this.Size")]
        public Task Path_to_something_that_is_no_namespace(string path) => Verify.SourceAsync(
            $$"""
            class C
            {
                int Size => 0;

                [{|NSL4001:RequiresLock(LockMode.Shared, "{{path}}")|}]
                void M(BackupNamespace ns, int count) { }
            }
            """);

        [Theory]
        [InlineData("""AcquiresLock(LockMode.Shared, "nope")""", "NamespaceLockGuard")]
        [InlineData("""RequiresLock(LockMode.Shared, "nope")""", "void")]
        [InlineData("""ExcludesLock("nope")""", "void")]
        [InlineData("""AssertsLock(LockMode.Shared, "nope")""", "void")]
        public Task Every_annotation_of_a_member(string annotation, string type) => Verify.SourceAsync(
            $$"""
            interface IStore
            {
                [{|NSL4001:{{annotation}}|}]
                {{type}} M(BackupNamespace ns);
            }
            """);

        [Theory]
        [InlineData("InNamespace")]
        [InlineData("DescendantOf")]
        [InlineData("AncestorOf")]
        public Task Every_annotation_of_a_returned_value(string annotation) => Verify.SourceAsync(
            $$"""
            interface ITree
            {
                [return: {|NSL4001:{{annotation}}("nope")|}]
                BackupNamespace M(BackupNamespace ns);
            }
            """);

        [Theory]
        [InlineData("InNamespace")]
        [InlineData("DescendantOf")]
        [InlineData("AncestorOf")]
        public Task Every_annotation_of_a_parameter(string annotation) => Verify.SourceAsync(
            $$"""
            interface ITree
            {
                void M(BackupNamespace ns, [{|NSL4001:{{annotation}}("nope")|}] BackupNamespace other);
            }
            """);

        [Fact]
        public Task Annotation_of_a_property() => Verify.SourceAsync(
            """
            interface ITree
            {
                [{|NSL4001:DescendantOf("this.Nope")|}]
                BackupNamespace Scratch { get; }
            }
            """);

        [Theory]
        [InlineData("private int _count;")]
        [InlineData("private int Count { get; set; }")]
        public Task Guarded_data(string member) => Verify.SourceAsync(
            $$"""
            class C
            {
                [{|NSL4001:GuardedBy("this.Nope")|}]
                {{member}}
            }
            """);

        [Fact]
        public Task Guard_parameter() => Verify.SourceAsync(
            """
            class C
            {
                void M(BackupNamespace ns, [{|NSL4001:RequiresLock(LockMode.Shared, "nope")|}] NamespaceLockGuard guard) { }
            }
            """);

        [Fact]
        public Task Delegate_type() => Verify.SourceAsync(
            """
            [{|NSL4001:RequiresLock(LockMode.Shared, "nope")|}]
            delegate void Handler(BackupNamespace ns);
            """);

        [Fact]
        public Task Constructor() => Verify.SourceAsync(
            """
            class C
            {
                [{|NSL4001:RequiresLock(LockMode.Shared, "nope")|}]
                public C(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Local_function() => Verify.BodyAsync(
            """
            [{|NSL4001:RequiresLock(LockMode.Shared, "nope")|}]
            static void Local(BackupNamespace name) { }
            """);

        [Fact]
        public Task This_in_a_static_member() => Verify.SourceAsync(
            """
            class C
            {
                BackupNamespace Namespace => BackupNamespace.Root;

                [{|NSL4001:RequiresLock(LockMode.Shared, "this.Namespace")|}]
                static void M() { }
            }
            """);

        [Fact]
        public Task No_namespace_to_mean() => Verify.SourceAsync(
            """
            class C
            {
                [{|NSL4001:RequiresLock(LockMode.Shared)|}]
                void M(int count) { }
            }
            """);

        [Fact]
        public Task Several_namespaces_that_may_be_meant() => Verify.SourceAsync(
            """
            class C
            {
                [{|NSL4001:RequiresLock(LockMode.Exclusive)|}]
                void Move(BackupNamespace source, BackupNamespace target) { }
            }
            """);

        [Theory]
        [InlineData("nope")]
        [InlineData("this.Nope")]
        [InlineData("ns.Nope")]
        public Task Store_that_is_not_there(string path) => Verify.SourceAsync(
            $$"""
            class C
            {
                [{|NSL4001:RequiresLock(LockMode.Shared, nameof(ns), Store = "{{path}}")|}]
                void M(BackupNamespace ns) { }
            }
            """);

        [Theory]
        [InlineData("ns")]
        [InlineData("count")]
        [InlineData("guard")]
        [InlineData("mode")]
        [InlineData("factory")]
        public Task Path_to_something_that_is_no_store(string path) => Verify.SourceAsync(
            $$"""
            class C
            {
                [{|NSL4001:RequiresLock(LockMode.Shared, nameof(ns), Store = "{{path}}")|}]
                void M(BackupNamespace ns, int count, NamespaceLockGuard guard, LockMode mode, Func<int> factory) { }
            }
            """);

        [Fact]
        public Task Parameter_of_the_primary_constructor() => Verify.SourceAsync(
            """
            class Job(BackupNamespace ns)
            {
                [{|NSL4001:RequiresLock(LockMode.Shared, "ns")|}]
                void Run() => Console.WriteLine(ns);
            }
            """);

        [Fact]
        public Task This_in_a_local_function_of_a_static_member() => Verify.SourceAsync(
            """
            class C
            {
                BackupNamespace Namespace => BackupNamespace.Root;

                static void M()
                {
                    Local();

                    [{|NSL4001:AssertsLock(LockMode.Shared, "this.Namespace")|}]
                    void Local() { }
                }
            }
            """);

        [Fact]
        public Task Lambda() => Verify.BodyAsync(
            """
            var lambda = [{|NSL4001:RequiresLock(LockMode.Shared, "nope")|}] (BackupNamespace name) => name.Depth;
            """);

        [Fact]
        public Task Variables_of_one_declaration_are_one_mistake() => Verify.SourceAsync(
            """
            class C
            {
                [{|NSL4001:GuardedBy("Nope")|}]
                public int First, Second;
            }
            """);

        [Fact]
        public Task Parts_of_a_member_are_one_mistake() => Verify.SourceAsync(
            """
            partial class C
            {
                [{|NSL4001:RequiresLock(LockMode.Shared, "nope")|}]
                partial void M(BackupNamespace ns);

                partial void M(BackupNamespace ns) { }
            }
            """);

        [Fact]
        public Task Parameter_of_an_indexer_is_one_mistake() => Verify.SourceAsync(
            """
            class C
            {
                public int this[[{|NSL4001:DescendantOf("nope")|}] BackupNamespace ns]
                {
                    get => 0;
                    set { }
                }
            }
            """);

        [Theory]
        [InlineData("""{|NSL4001:T:Ticket;GuardedBy("this.Namespace")|}""")]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace);LockGuard|}""")]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace);InNamespace("ns")|}""")]
        [InlineData("""{|NSL4001:M:Api.Keep(NamespaceLocking.NamespaceLockGuard);TakesOwnership|}""")]
        [InlineData("""{|NSL4001:M:Api.Parts(NamespaceLocking.BackupNamespace);return: RequiresLock(LockMode.Shared, "ns")|}""")]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace);return: InNamespace("nope")|}""")]
        public Task Line_that_says_what_cannot_be_said_there(string annotations) => Verify.SourceAsync(Api, annotations);

        [Fact]
        public Task One_of_two_annotations() => Verify.SourceAsync(
            """
            class C
            {
                [RequiresLock(LockMode.Exclusive, "source")]
                [{|NSL4001:RequiresLock(LockMode.Exclusive, "destination")|}]
                void Move(BackupNamespace source, BackupNamespace target) { }
            }
            """);

        [Fact]
        public Task Two_wrong_annotations_are_two_mistakes() => Verify.SourceAsync(
            """
            class C
            {
                [{|NSL4001:RequiresLock(LockMode.Exclusive, "from")|}, {|NSL4001:RequiresLock(LockMode.Exclusive, "to")|}]
                void Move(BackupNamespace source, BackupNamespace target) { }
            }
            """);

        [Theory]
        [InlineData("""{|NSL4001:M:Api.Nope(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")|}""")]
        [InlineData("""{|NSL4001:M:Api.Delete;RequiresLock(LockMode.Exclusive, "ns")|}""")]
        [InlineData("""{|NSL4001:M:Nope.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")|}""")]
        [InlineData("""{|NSL4001:T:Nope;LockGuard|}""")]
        public Task Line_that_names_no_member(string annotations) => Verify.SourceAsync(Api, annotations);

        [Theory]
        [InlineData("M:(((;LockGuard")]
        [InlineData("M:Api.Delete(;LockGuard")]
        [InlineData("M:Api.Delete(NamespaceLocking.BackupNamespace;LockGuard")]
        [InlineData("M:Api.``x(`);LockGuard")]
        [InlineData("T:`;LockGuard")]
        [InlineData("P:Api.Item[;LockGuard")]
        [InlineData("M:Api.op_Implicit(Api)~;LockGuard")]
        public Task Line_whose_id_is_none(string line) => Verify.SourceAsync(Api, "{|NSL4001:" + line + "|}");

        [Theory]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace)|}""")]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace);|}""")]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace);Nope(LockMode.Exclusive, "ns")|}""")]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Nope, "ns")|}""")]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns"|}""")]
        [InlineData("""{|NSL4001:delete needs a lock|}""")]
        public Task Line_that_cannot_be_read(string annotations) => Verify.SourceAsync(Api, annotations);

        [Theory]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "nope")|}""")]
        [InlineData("""{|NSL4001:M:Api.Delete(NamespaceLocking.BackupNamespace);param nope: InNamespace("ns")|}""")]
        public Task Line_whose_path_or_parameter_is_not_there(string annotations) => Verify.SourceAsync(Api, annotations);

        [Fact]
        public Task Line_among_others() => Verify.SourceAsync(
            Api,
            """
            # What the API asks for.
            M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")

            {|NSL4001:M:Api.Remove(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")|}
            M:Api.Read(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Shared, "ns")
            """);
    }

    public class Clean
    {
        [Theory]
        [InlineData("ns")]
        [InlineData("ns.Parent")]
        [InlineData("ns.Parent.Parent")]
        [InlineData("this.Namespace.Parent")]
        [InlineData("job.Namespace")]
        [InlineData("job.Namespace.Parent")]
        [InlineData("guard.Namespace")]
        [InlineData("this.Namespace")]
        [InlineData("Names.Home.Parent")]
        [InlineData("Namespace")]
        [InlineData("_field")]
        [InlineData("this._field")]
        [InlineData("_job.Namespace")]
        [InlineData("this._job.Namespace")]
        [InlineData("BackupNamespace.Root")]
        [InlineData("Names.Home")]
        public Task Path_to_a_namespace(string path) => Verify.SourceAsync(
            $$"""
            static class Names
            {
                public static BackupNamespace Home { get; } = BackupNamespace.Parse("home");
            }

            interface INamed
            {
                BackupNamespace Namespace { get; }
            }

            interface IJob : INamed;

            class C(BackupNamespace field, IJob ownJob)
            {
                private readonly BackupNamespace _field = field;
                private readonly IJob _job = ownJob;

                public BackupNamespace Namespace => _field;

                [RequiresLock(LockMode.Shared, "{{path}}")]
                void M(BackupNamespace ns, IJob job, NamespaceLockGuard guard) => Console.WriteLine(_job);
            }
            """);

        [Fact]
        public Task Namespace_that_may_be_null() => Verify.SourceAsync(
            """
            class C
            {
                [RequiresLock(LockMode.Shared, nameof(ns))]
                void M(BackupNamespace? ns) { }
            }
            """);

        [Fact]
        public Task One_parameter_is_a_namespace() => Verify.SourceAsync(
            """
            class C
            {
                [RequiresLock(LockMode.Shared)]
                void M(int count, BackupNamespace ns, string name) { }
            }
            """);

        [Fact]
        public Task No_parameter_is_a_namespace_but_the_type_has_one() => Verify.SourceAsync(
            """
            class Job(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [RequiresLock(LockMode.Shared)]
                public void Run(int count) { }

                [RequiresLock(LockMode.Shared)]
                public int Size => 0;
            }
            """);

        [Fact]
        public Task Namespace_inherited_from_the_base() => Verify.SourceAsync(
            """
            class Base(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;
            }

            class Job(BackupNamespace ns) : Base(ns)
            {
                [RequiresLock(LockMode.Shared, "this.Namespace")]
                public void Run() { }
            }
            """);

        [Fact]
        public Task Member_of_a_type_parameter() => Verify.SourceAsync(
            """
            interface INamed
            {
                BackupNamespace Namespace { get; }
            }

            class C
            {
                [RequiresLock(LockMode.Shared, "value.Namespace")]
                static void M<T>(T value) where T : INamed { }
            }
            """);

        [Theory]
        [InlineData("this")]
        [InlineData("other")]
        [InlineData("_locks")]
        [InlineData("this._locks")]
        [InlineData("site.Locks")]
        public Task Path_to_a_store(string path) => Verify.SourceAsync(
            $$"""
            record Site(NamespaceLockManager Locks);

            class C(NamespaceLockManager locks)
            {
                private readonly NamespaceLockManager _locks = locks;

                [RequiresLock(LockMode.Shared, nameof(ns), Store = "{{path}}")]
                void M(BackupNamespace ns, NamespaceLockManager other, Site site) => Console.WriteLine(_locks);
            }
            """);

        [Fact]
        public Task Every_annotation_of_a_member() => Verify.SourceAsync(
            """
            interface IStore
            {
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                NamespaceLockGuard Lock(BackupNamespace ns);

                [RequiresLock(LockMode.Shared, nameof(ns))]
                void Read(BackupNamespace ns);

                [ExcludesLock(nameof(ns))]
                void Compact(BackupNamespace ns);

                [AssertsLock(LockMode.Shared, nameof(ns))]
                void Check(BackupNamespace ns);
            }
            """);

        [Fact]
        public Task Every_annotation_of_a_value() => Verify.SourceAsync(
            """
            interface INamed
            {
                BackupNamespace Namespace { get; }
            }

            interface ITree : INamed
            {
                [DescendantOf("this.Namespace")]
                BackupNamespace Scratch { get; }

                [AncestorOf("Namespace")]
                BackupNamespace Above { get; }

                [return: InNamespace(nameof(ns))]
                INamed Find(BackupNamespace ns);

                [return: DescendantOf(nameof(ns))]
                IReadOnlyList<BackupNamespace> Below(BackupNamespace ns);

                [return: InNamespace(nameof(ns))]
                IEnumerable<INamed> All(BackupNamespace ns);

                void Put(BackupNamespace ns, [InNamespace(nameof(ns))] INamed value);
            }
            """);

        [Fact]
        public Task Guarded_data() => Verify.SourceAsync(
            """
            class Job(BackupNamespace ns)
            {
                public BackupNamespace Namespace { get; } = ns;

                [GuardedBy("this.Namespace")]
                public int Count;

                [GuardedBy("Namespace")]
                public int Size { get; set; }
            }
            """);

        [Fact]
        public Task Guard_parameter() => Verify.SourceAsync(
            """
            class C
            {
                void M(BackupNamespace ns, [RequiresLock(LockMode.Exclusive, nameof(ns))] NamespaceLockGuard guard) { }
            }
            """);

        [Fact]
        public Task Delegate_type() => Verify.SourceAsync(
            """
            [RequiresLock(LockMode.Shared, "ns")]
            delegate void Handler(BackupNamespace ns);

            [RequiresLock(LockMode.Shared)]
            delegate void Other(BackupNamespace ns);
            """);

        [Fact]
        public Task Constructor_of_a_guard_type() => Verify.SourceAsync(
            """
            [LockGuard]
            sealed class Session : IDisposable
            {
                private readonly NamespaceLockGuard _guard;

                [AcquiresLock(LockMode.Shared, "this.Namespace")]
                [AcquiresLock(LockMode.Shared, nameof(ns))]
                public Session(NamespaceLockManager locks, BackupNamespace ns)
                {
                    Namespace = ns;
                    _guard = locks.AcquireShared(ns);
                }

                public BackupNamespace Namespace { get; }

                public void Dispose() => _guard.Dispose();
            }
            """);

        [Fact]
        public Task Member_of_a_record() => Verify.SourceAsync(
            """
            record Job(BackupNamespace Namespace)
            {
                [RequiresLock(LockMode.Shared, nameof(Namespace))]
                public void Run() { }
            }
            """);

        [Fact]
        public Task Static_member_of_the_same_type() => Verify.SourceAsync(
            """
            class C
            {
                private static readonly BackupNamespace Home = BackupNamespace.Parse("home");

                [RequiresLock(LockMode.Shared, "C.Home")]
                static void M() => Console.WriteLine(Home);
            }
            """);

        [Fact]
        public Task Names_of_other_namespaces_and_of_nested_types() => Verify.SourceAsync(
            """
            using Other;
            using Alias = Other.Names;

            namespace Other
            {
                static class Names
                {
                    public static readonly BackupNamespace Home = BackupNamespace.Root;

                    public static class Inner
                    {
                        public static readonly BackupNamespace Home = BackupNamespace.Root;
                    }
                }
            }

            namespace Another
            {
                interface IStore
                {
                    [RequiresLock(LockMode.Shared, "Names.Home")]
                    void First();

                    [RequiresLock(LockMode.Shared, "Other.Names.Inner.Home")]
                    void Second();

                    [RequiresLock(LockMode.Shared, "Names.Inner.Home.Parent")]
                    void Third();

                    [RequiresLock(LockMode.Shared, "Alias.Home")]
                    void Fourth();

                    [RequiresLock(LockMode.Shared, "NamespaceLocking.BackupNamespace.Root")]
                    void Fifth();
                }
            }
            """);

        [Fact]
        public Task Extension_members() => Verify.SourceAsync(
            """
            static class Extensions
            {
                extension(Datastore store)
                {
                    [RequiresLock(LockMode.Shared, nameof(ns), Store = nameof(store))]
                    public void Check(BackupNamespace ns) => store.Backup(ns);
                }

                extension(BackupNamespace ns)
                {
                    [RequiresLock(LockMode.Shared, nameof(ns))]
                    public void Visit() => Console.WriteLine(ns);
                }
            }
            """);

        [Fact]
        public Task Property_and_parameter_of_a_record() => Verify.SourceAsync(
            """
            record Job(BackupNamespace Namespace, [property: DescendantOf("Namespace")] BackupNamespace Scratch);
            record Other(BackupNamespace Namespace, [DescendantOf("Namespace")] BackupNamespace Scratch);
            """);

        [Fact]
        public Task Store_known_by_its_name() => Verify.SourceAsync(
            """
            interface ILocks
            {
                [AcquiresLock(LockMode.Shared, nameof(ns), Store = nameof(store))]
                NamespaceLockGuard Lock(string store, BackupNamespace ns);
            }
            """);

        [Fact]
        public Task Types_that_the_compiler_cannot_find() => Verify.SourceAsync(
            """
            interface IStore
            {
                [RequiresLock(LockMode.Shared, "name.Namespace")]
                void First({|CS0246:Nope|} name);

                [RequiresLock(LockMode.Shared, nameof(name))]
                void Second({|CS0246:Nope|} name);

                [RequiresLock(LockMode.{|CS0117:Nope|}, "nope")]
                void Third();
            }
            """);

        [Theory]
        [InlineData("")]
        [InlineData("# nothing but a comment")]
        [InlineData("#M:Nope;Nope")]
        [InlineData("T:Ticket;LockGuard")]
        [InlineData("""M:Api.Read(NamespaceLocking.BackupNamespace);ExcludesLock("ns")""")]
        [InlineData("""M:Api.Read(NamespaceLocking.BackupNamespace);AssertsLock(LockMode.Shared, "ns")""")]
        [InlineData("""M:Api.Parts(NamespaceLocking.BackupNamespace);param ns: DescendantOf("BackupNamespace.Root")""")]
        [InlineData("""M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")""")]
        [InlineData("""M:Api.Delete(NamespaceLocking.BackupNamespace) ; RequiresLock(LockMode.Exclusive, "ns")""")]
        [InlineData("""M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive)""")]
        [InlineData("""M:Api.Parts(NamespaceLocking.BackupNamespace);return: DescendantOf("ns")""")]
        [InlineData("""M:Api.Keep(NamespaceLocking.NamespaceLockGuard);param guard: TakesOwnership""")]
        [InlineData("""P:Api.Current;RequiresLock(LockMode.Shared, "BackupNamespace.Root")""")]
        public Task Line_that_can_be_read(string annotations) => Verify.SourceAsync(Api, annotations);

        [Fact]
        public Task Lines_and_blank_lines() => Verify.SourceAsync(
            Api,
            """
            # What the API asks for.
            M:Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, "ns")

            M:Api.Read(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Shared, "ns")

            """);
    }

    private const string Api =
        """
        abstract class Api
        {
            public void Delete(BackupNamespace ns) { }

            public void Read(BackupNamespace ns) { }

            public List<BackupNamespace> Parts(BackupNamespace ns) => [];

            public abstract void Keep(NamespaceLockGuard guard);

            public int Current => 0;
        }

        sealed class Ticket : IDisposable
        {
            public void Dispose() { }
        }
        """;
}
