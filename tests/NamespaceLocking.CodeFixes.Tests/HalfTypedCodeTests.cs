using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers;
using NamespaceLocking.CodeFixes.Repairs;
using Xunit.Abstractions;

namespace NamespaceLocking.CodeFixes.Tests;

/// <summary>What the fixes see while somebody types: none of them throws.</summary>
public class HalfTypedCodeTests(ITestOutputHelper output)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = Instances<DiagnosticAnalyzer>(typeof(LockFlowAnalyzer));

    private static readonly ImmutableArray<CodeFixProvider> Fixes = Instances<CodeFixProvider>(typeof(LockCodeFixProvider));

    /// <summary>A mistake of each rule that has a fix.</summary>
    private const string Mistakes =
        """
        public interface IJob { [RequiresLock(LockMode.Shared, nameof(ns))] Task RunAsync(BackupNamespace ns); }

        public class Job(Store store, NamespaceLockManager locks) : IJob
        {
            private IEnumerable<int>? _counts;

            public NamespaceLockGuard Lock(NamespaceLockManager owner, BackupNamespace ns) => owner.AcquireExclusive(ns);

            [RequiresLock(LockMode.Exclusive, nameof(target))]
            public async Task RunAsync(BackupNamespace target) => await store.WriteAsync(target);

            public Task Outlive(int[] items, BackupNamespace ns, bool flag)
            {
                using var guard = store.Locks.AcquireShared(ns);
                _counts = items.Select(_ => store.Count(ns));
                var tasks = new List<Task>();
                tasks.Add(store.ReadAsync(ns));
                if (flag) return store.ReadAsync(ns);
                return Task.CompletedTask;
            }

            public void Wait(BackupNamespace ns, BackupNamespace ns2, TimeSpan timeout)
            {
                using var guard = locks.AcquireExclusive(ns);
                using (var guard2 = locks.AcquireExclusive(ns2, timeout)) { guard2.ThrowIfNotExclusive(ns2); store.Move(ns, ns2); }
                locks.AcquireShared(ns.Child("x"));
            }

            private void Missing(BackupNamespace ns)
            {
                store.Read(ns);
                var guard = locks.AcquireShared(ns);
                store.Write(ns);
                guard = locks.AcquireExclusive(ns);
                guard.Dispose();
                store.Read(ns);
            }
        }
        """;

    [Fact]
    public async Task The_mistakes_are_offered_a_fix()
    {
        var offered = await OfferedAsync(Mistakes);
        Assert.Superset(new HashSet<string> { "NSL1006", "NSL3003", "NSL4002", "NSL4005" }, offered.ToHashSet());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Tokens_that_are_missing(int seed)
    {
        var random = new Random(seed);
        var offered = 0;
        for (var round = 0; round < 12; round++)
        {
            var tokens = CSharpSyntaxTree.ParseText(Mistakes).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0).ToList();
            var missing = tokens[random.Next(tokens.Count)].Span;
            var source = Mistakes.Remove(missing.Start, missing.Length);
            try
            {
                offered += (await OfferedAsync(source)).Count;
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception}\n{source}");
            }
        }

        output.WriteLine($"{offered} offers");
        Assert.NotEqual(0, offered);
    }

    /// <summary>The rules of the diagnostics for which something is offered.</summary>
    private static async Task<List<string>> OfferedAsync(string source)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("Test", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp14))
            .AddMetadataReferences(Basic.Reference.Assemblies.Net100.References.All)
            .AddMetadataReference(MetadataReference.CreateFromFile(typeof(BackupNamespace).Assembly.Location));
        project = project.AddDocument("Store.cs", Sources.Store).Project;
        var document = project.AddDocument("Test.cs", Sources.Usings + source);
        var compilation = (await document.Project.GetCompilationAsync())!;
        var tree = await document.GetSyntaxTreeAsync();
        var reported = await compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id == "AD0001");

        var offered = new List<string>();
        foreach (var diagnostic in reported.Where(diagnostic => diagnostic.Location.SourceTree == tree))
        {
            foreach (var fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var actions = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default));
                foreach (var action in actions)
                    Assert.NotEmpty(await action.GetOperationsAsync(default));
                if (actions.Count > 0)
                    offered.Add(diagnostic.Id);
            }
        }

        return offered;
    }

    private static ImmutableArray<T> Instances<T>(Type inAssemblyOf) => [.. inAssemblyOf.Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type))
        .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!)];
}
