using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>Sources, and whether they see the library.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Sources">The text of each file, with its path.</param>
/// <param name="IsReferenced">Whether the library is referenced.</param>
internal sealed record CodeSet(string Name, IReadOnlyList<(string Path, SourceText Text)> Sources, bool IsReferenced)
{
    private static readonly MetadataReference Library = MetadataReference.CreateFromFile(typeof(BackupNamespace).Assembly.Location);

    private const string Usings =
        """
        global using global::System;
        global using global::System.Collections.Generic;
        global using global::System.IO;
        global using global::System.Linq;
        global using global::System.Net.Http;
        global using global::System.Threading;
        global using global::System.Threading.Tasks;
        """;

    /// <summary>Every C# file below a folder: all of them one compilation, whatever projects they belong to.</summary>
    public static CodeSet Below(string folder, bool isReferenced) => new(
        $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}, library {(isReferenced ? "referenced" : "not referenced")}",
        [.. Files(folder).Select(path => (path, SourceText.From(File.ReadAllText(path), System.Text.Encoding.UTF8))), ("/Usings.cs", SourceText.From(Usings, System.Text.Encoding.UTF8))],
        isReferenced);

    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public int Lines => Sources.Sum(source => source.Text.Lines.Count);

    /// <summary>Parses and makes a compilation of which nothing is known yet: analyzers keep what they learnt of a tree.</summary>
    public CSharpCompilation Compile()
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.Parse);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false, nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: [new("CA2000", ReportDiagnostic.Warn)]);
        IEnumerable<MetadataReference> references = Basic.Reference.Assemblies.Net100.References.All;
        return CSharpCompilation.Create(
            "Benchmark",
            Sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, parse, source.Path)),
            IsReferenced ? references.Append(Library) : references,
            options);
    }
}
