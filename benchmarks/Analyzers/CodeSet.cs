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

    public CSharpParseOptions ParseOptions { get; init; } = new(LanguageVersion.CSharp14, DocumentationMode.Parse);

    public CSharpCompilationOptions Options { get; init; } =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);

    public string AssemblyName { get; init; } = "Benchmark";

    public IReadOnlyList<MetadataReference> References { get; init; } = [.. Basic.Reference.Assemblies.Net100.References.All];

    /// <summary>
    /// The code of a folder: each project for which a build noted what the compiler was given (<see cref="CompilerArguments"/>), or, where there is no such note, every
    /// C# file below the folder in one compilation, whatever projects they belong to.
    /// </summary>
    public static IEnumerable<CodeSet> In(string folder, bool isReferenced)
    {
        var name = $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}";
        var projects = Directory.EnumerateFiles(folder, "*.rsp").Order(StringComparer.Ordinal).ToList();
        return projects.Count > 0
            ? projects.Select(project => CompilerArguments.Read(project, isReferenced))
            : [new CodeSet(name, [.. Files(folder).Select(Load), ("/Usings.cs", SourceText.From(Usings, System.Text.Encoding.UTF8))], isReferenced)];
    }

    public static (string Path, SourceText Text) Load(string path) => (path, SourceText.From(File.ReadAllText(path), System.Text.Encoding.UTF8));

    /// <summary>
    /// The same reference with none of its symbols read. A compilation takes the symbols from an earlier one that the garbage collector has not found yet, so that what
    /// a run costs would depend on chance.
    /// </summary>
    private static MetadataReference Unread(MetadataReference reference) =>
        reference is PortableExecutableReference file && file.GetMetadata() is AssemblyMetadata assembly
            ? assembly.GetReference(aliases: file.Properties.Aliases, embedInteropTypes: file.Properties.EmbedInteropTypes, filePath: file.FilePath)
            : reference;

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public int Lines => Sources.Sum(source => source.Text.Lines.Count);

    /// <summary>The same code, with a rule turned off.</summary>
    public CodeSet Without(string rule) =>
        this with { Options = Options.WithSpecificDiagnosticOptions(Options.SpecificDiagnosticOptions.SetItem(rule, ReportDiagnostic.Suppress)) };

    /// <summary>Parses and makes a compilation of which nothing is known yet: analyzers keep what they learnt of a tree.</summary>
    public CSharpCompilation Compile() => CSharpCompilation.Create(
        AssemblyName,
        Sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, ParseOptions, source.Path)),
        (IsReferenced ? References.Append(Library) : References).Select(Unread),
        Options.WithConcurrentBuild(false).WithSpecificDiagnosticOptions(Options.SpecificDiagnosticOptions.SetItem("CA2000", ReportDiagnostic.Warn)));
}
