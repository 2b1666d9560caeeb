using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace NamespaceLocking.Analyzers.Tests;

/// <summary>Runs every analyzer of the assembly on a source, beside the annotated datastore of <see cref="Datastore"/>.</summary>
internal static class Verify
{
    internal static readonly ImmutableArray<DiagnosticAnalyzer> AllAnalyzers =
        [.. typeof(LockFlowAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    /// <summary>
    /// Expects the diagnostics that <paramref name="source"/> marks (<c>{|NSL1001:…|}</c>), and no other one;
    /// <paramref name="annotations"/>, which may be marked too, is the content of <c>LockAnnotations.txt</c>.
    /// </summary>
    public static Task SourceAsync(string source, string? annotations = null)
    {
        var test = new Test { TestCode = Usings + source };
        if (annotations is not null)
            test.TestState.AdditionalFiles.Add(("LockAnnotations.txt", annotations));
        return test.RunAsync();
    }

    /// <summary>As <see cref="SourceAsync"/>, for statements in an asynchronous instance method that has the locals that a case needs.</summary>
    /// <remarks>
    /// In scope: <c>store</c> and <c>other</c> (<see cref="Datastore"/>), <c>locks</c> (the manager of <c>store</c>), <c>ns</c>, <c>ns2</c>,
    /// <c>token</c>, <c>flag</c> and <c>items</c>.
    /// </remarks>
    public static Task BodyAsync(string body) => SourceAsync(
        $$"""
        class C
        {
            async Task M(Datastore store, Datastore other, NamespaceLockManager locks, BackupNamespace ns, BackupNamespace ns2,
                CancellationToken token, bool flag, List<int> items)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """);

    /// <summary>As <see cref="SourceAsync"/>, for a program whose entry point is top-level statements.</summary>
    public static Task ProgramAsync(string statements) =>
        new Test { TestCode = Usings + statements, TestState = { OutputKind = OutputKind.ConsoleApplication } }.RunAsync();

    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using NamespaceLocking;

        """;

    /// <summary>What the cases lock for: operations that need a shared or an exclusive lock, synchronous and asynchronous.</summary>
    public const string Datastore =
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using NamespaceLocking;

        public sealed class Datastore
        {
            [RequiresLock(LockMode.Shared, nameof(ns))]
            public void Backup(BackupNamespace ns) { }

            [RequiresLock(LockMode.Shared)]
            public int Count(BackupNamespace ns) => 0;

            [RequiresLock(LockMode.Shared, nameof(ns))]
            public Task BackupAsync(BackupNamespace ns) => Task.CompletedTask;

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public void Delete(BackupNamespace ns) { }

            [RequiresLock(LockMode.Exclusive, nameof(ns))]
            public Task DeleteAsync(BackupNamespace ns) => Task.CompletedTask;

            [RequiresLock(LockMode.Exclusive, nameof(source))]
            [RequiresLock(LockMode.Exclusive, nameof(target))]
            public void Move(BackupNamespace source, BackupNamespace target) { }
        }
        """;

    internal sealed class Test : CSharpAnalyzerTest<EmptyDiagnosticAnalyzer, DefaultVerifier>
    {
        public Test()
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(Basic.Reference.Assemblies.Net100.References.All);
            TestState.AdditionalReferences.Add(typeof(BackupNamespace).Assembly);
            TestState.Sources.Add(("Datastore.cs", Datastore));
        }

        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => AllAnalyzers;

        protected override ParseOptions CreateParseOptions() =>
            new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

        protected override CompilationOptions CreateCompilationOptions() =>
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
    }
}
