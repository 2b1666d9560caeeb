using Microsoft.CodeAnalysis.CSharp;

namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Bodies that matter although they name nothing that is annotated.</summary>
public class GateTests
{
    private const string Annotated =
        """
        class Index
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public Index(BackupNamespace ns) { }
        }

        class Row
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public int this[BackupNamespace ns] => 0;

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public static int operator +(Row row, BackupNamespace ns) => 0;
        }

        [RequiresLock(LockMode.Shared, nameof(ns))]
        delegate void Work(BackupNamespace ns);

        class Jobs
        {
            public Work? Next;
            public Work Make() => _ => { };
            public List<Work> All = [];
            public Row Row = new();
        }
        """;

    [Theory]
    [InlineData("private Index _index; void M(BackupNamespace ns) { _index = {|NSL1001:new(ns)|}; }")]
    [InlineData("Index M(BackupNamespace ns) => {|NSL1001:new(ns)|};")]
    [InlineData("void Use(Index index) { } void M(BackupNamespace ns) => Use({|NSL1001:new(ns)|});")]
    [InlineData("void M(Jobs jobs, BackupNamespace ns) { var work = jobs.Next!; {|NSL1001:work(ns)|}; }")]
    [InlineData("void M(Jobs jobs, BackupNamespace ns) => {|NSL1001:jobs.Make()(ns)|};")]
    [InlineData("void M(Jobs jobs, BackupNamespace ns) { foreach (var work in jobs.All) {|NSL1001:work(ns)|}; }")]
    [InlineData("int M(Jobs jobs, BackupNamespace ns) => {|NSL1001:jobs.Row[ns]|};")]
    [InlineData("int M(Jobs jobs, BackupNamespace ns) => {|NSL1001:jobs.Row + ns|};")]
    [InlineData("void M(Func<Work> make, BackupNamespace ns) => {|NSL1001:make()(ns)|};")]
    public Task Something_annotated_that_is_not_called_by_its_name(string members) => Verify.SourceAsync(
        $$"""
        #nullable disable warnings
        class C
        {
            {{members}}
        }

        {{Annotated}}
        """);

    [Fact]
    public Task A_base_constructor() => Verify.SourceAsync(
        $$"""
        class Derived : Index
        {
            public Derived(BackupNamespace ns) {|NSL1001:: base(ns)|} { }
        }

        {{Annotated}}
        """);

    [Fact]
    public Task A_base_constructor_of_a_type_with_a_primary_one() => Verify.SourceAsync(
        $$"""
        class Derived(BackupNamespace ns) : {|NSL1001:Index(ns)|};

        {{Annotated}}
        """);

    [Fact]
    public Task An_escaped_name() => Verify.BodyAsync("{|NSL1001:store.@Backup(ns)|};");

    [Fact]
    public Task A_guard_by_an_alias() => Verify.SourceAsync(
        """
        class C
        {
            NamespaceLockGuard Open(NamespaceLockManager locks, BackupNamespace ns) => locks.AcquireShared(ns);

            void M(NamespaceLockManager locks, BackupNamespace ns)
            {
                {|NSL2001:Open(locks, ns)|};
            }
        }
        """);

    [Fact]
    public async Task An_annotation_by_an_alias()
    {
        var test = new Verify.Test
        {
            TestCode =
                """
                class Store
                {
                    [Needs(NamespaceLocking.LockMode.Shared, "ns")]
                    public void Read(NamespaceLocking.BackupNamespace ns) => List(ns);

                    [Needs(NamespaceLocking.LockMode.Shared, "ns")]
                    private void List(NamespaceLocking.BackupNamespace ns) { }
                }
                """,
        };
        test.TestState.Sources.Add("global using Needs = NamespaceLocking.RequiresLockAttribute;");
        test.TestState.Sources.Add("class C { void M(Store store, NamespaceLocking.BackupNamespace ns) => {|NSL1001:store.Read(ns)|}; }");
        await test.RunAsync();
    }

    [Fact]
    public Task A_property_that_a_record_declares_by_a_parameter() => Verify.SourceAsync(
        """
        record Index(BackupNamespace Namespace, [property: GuardedBy("Namespace")] int Count);

        class C
        {
            int M(Jobs jobs) => {|NSL1001:jobs.Make().Count|};
        }

        class Jobs
        {
            public Index Make() => throw new Exception();
        }
        """);

    [Theory]
    [InlineData("{|NSL1001:holder.Property(ns)|};")]
    [InlineData("{|NSL1001:holder.Field(ns)|};")]
    [InlineData("{|NSL1001:holder.Get()(ns)|};")]
    [InlineData("holder.TryGet(out var work); {|NSL1001:work(ns)|};")]
    public async Task A_delegate_of_another_assembly_by_the_name_of_what_has_it(string body)
    {
        var test = new Verify.Test
        {
            TestCode =
                $$"""
                using NamespaceLocking;

                class C
                {
                    void M(Other.Holder holder, BackupNamespace ns)
                    {
                        {{body}}
                    }
                }
                """,
        };
        test.TestState.AdditionalReferences.Add(Other());
        await test.RunAsync();
    }

    private static Microsoft.CodeAnalysis.MetadataReference Other()
    {
        var compilation = CSharpCompilation.Create(
            "Other",
            [CSharpSyntaxTree.ParseText(
                """
                using NamespaceLocking;

                namespace Other;

                public class Holder
                {
                    public Work Field = null!;
                    public Work Property => Field;
                    public Work Get() => Field;
                    public void TryGet(out Work work) => work = Field;
                }

                [RequiresLock(LockMode.Shared, "ns")]
                public delegate void Work(BackupNamespace ns);
                """)],
            [.. Basic.Reference.Assemblies.Net100.References.All, Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(typeof(BackupNamespace).Assembly.Location)],
            new CSharpCompilationOptions(Microsoft.CodeAnalysis.OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        return Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(image.ToArray());
    }
}
