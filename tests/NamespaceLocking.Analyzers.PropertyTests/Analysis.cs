using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Tests;

namespace NamespaceLocking.Analyzers.PropertyTests;

/// <summary>Compiles sources beside the annotated datastore of the cases, and runs every analyzer on them.</summary>
internal static class Analysis
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using NamespaceLocking;

        """;

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Analyzed",
        [CSharpSyntaxTree.ParseText(Verify.Datastore, ParseOptions, "Datastore.cs")],
        [.. Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(BackupNamespace).Assembly.Location)],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The lines that stand above a source.</summary>
    public static int UsingLines { get; } = Usings.Count(character => character == '\n');

    /// <summary>A compilation of one source, in the names that the cases use.</summary>
    public static (CSharpCompilation Compilation, SyntaxTree Tree) Compile(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(Usings + source, ParseOptions, "Source.cs");
        return (Empty.AddSyntaxTrees(tree), tree);
    }

    /// <summary>A compilation of sources as they are.</summary>
    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees, bool withDatastore) =>
        (withDatastore ? Empty : Empty.RemoveAllSyntaxTrees()).AddSyntaxTrees(trees);

    /// <summary>What the analyzers report. That one of them throws fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, CancellationToken cancellationToken = default)
    {
        var thrown = new List<string>();
        var diagnostics = await compilation
            .WithAnalyzers(Verify.AllAnalyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                (exception, _, _) =>
                {
                    lock (thrown)
                        thrown.Add(exception.ToString());
                },
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false))
            .GetAnalyzerDiagnosticsAsync(cancellationToken);
        Assert.True(thrown.Count == 0, string.Join("\n", thrown));
        return diagnostics;
    }
}
