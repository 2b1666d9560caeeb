using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>What CompilerArguments.targets notes in a build: the project's folder, and what the compiler was given, an argument a line.</summary>
internal static class CompilerArguments
{
    /// <summary>The project's code with its packages, its options and what its generators write.</summary>
    public static CodeSet Read(string file, bool isReferenced)
    {
        var lines = File.ReadAllLines(file);
        var arguments = CSharpCommandLineParser.Default.Parse(lines[1..], lines[0], Path.GetDirectoryName(typeof(object).Assembly.Location));
        if (arguments.Errors.FirstOrDefault(error => error.Severity == DiagnosticSeverity.Error) is { } error)
            throw new InvalidDataException($"{file}: {error.GetMessage()}. Build the project again with CompilerArguments.targets.");
        var missing = arguments.MetadataReferences.FirstOrDefault(reference => !File.Exists(Full(reference.Reference, arguments)));
        if (missing.Reference is not null)
            throw new InvalidDataException($"{file}: the build that noted '{missing.Reference}' did not leave it there. Build the project again.");
        var code = new CodeSet(
            Path.GetFileNameWithoutExtension(file), [.. arguments.SourceFiles.Select(source => CodeSet.Load(source.Path))], isReferenced)
        {
            AssemblyName = arguments.CompilationName ?? "Benchmark",
            ParseOptions = arguments.ParseOptions,
            Options = arguments.CompilationOptions
                .WithStrongNameProvider(new DesktopStrongNameProvider(arguments.KeyFileSearchPaths))
                .WithGeneralDiagnosticOption(ReportDiagnostic.Default),
            References = [.. arguments.MetadataReferences.Select(reference =>
                (MetadataReference)MetadataReference.CreateFromFile(Full(reference.Reference, arguments), reference.Properties))],
        };
        return code with { Sources = [.. code.Sources, .. Generated(code, arguments)] };
    }

    private static IEnumerable<(string, Microsoft.CodeAnalysis.Text.SourceText)> Generated(CodeSet code, CSharpCommandLineArguments arguments)
    {
        var loader = new Loader();
        var generators = arguments.AnalyzerReferences
            .SelectMany(reference => new AnalyzerFileReference(Path.Combine(arguments.BaseDirectory!, reference.FilePath), loader).GetGenerators(LanguageNames.CSharp))
            .ToImmutableArray();
        var configurations = AnalyzerConfigSet.Create(
            arguments.AnalyzerConfigPaths.Select(path => AnalyzerConfig.Parse(File.ReadAllText(path), path)).ToList(), out _);
        var driver = CSharpGeneratorDriver
            .Create(generators, arguments.AdditionalFiles.Select(additional => (AdditionalText)new TextFile(additional.Path)), arguments.ParseOptions, new Configuration(configurations))
            .RunGenerators(code.Compile());
        return driver.GetRunResult().GeneratedTrees.Select(tree => ("/generated/" + tree.FilePath + ".g.cs", tree.GetText()));
    }

    private static string Full(string path, CommandLineArguments arguments) => Path.Combine(arguments.BaseDirectory!, path);

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath) { }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }

    private sealed class Configuration(AnalyzerConfigSet configurations) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(configurations.GlobalConfigOptions.AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values(configurations.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(configurations.GetOptionsForSourcePath(textFile.Path).AnalyzerOptions);

        private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
