using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.PropertyTests.Mutants;
using NamespaceLocking.Analyzers.Tests;
using NamespaceLocking.Analyzers.Tests.Pages;
using Xunit.Abstractions;

namespace NamespaceLocking.Analyzers.PropertyTests;

/// <summary>Each guard of samples/BackupServer is broken in the usual ways, and the project does not build any more.</summary>
public class SampleMutationTests(ITestOutputHelper output)
{
    /// <summary>What its survivors begin with in the list of those that are explained.</summary>
    internal const string Prefix = "BackupServer/";

    private const string Folder = "samples/BackupServer";
    private const string Global =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        """;

    [Fact]
    public async Task Without_any_one_of_its_guards_the_backup_server_does_not_build()
    {
        var (compilation, trees) = Compile();
        Assert.Empty(await Analysis.RunAsync(compilation));

        var mutants = new List<(Mutant Mutant, SyntaxTree Tree)>();
        foreach (var (name, tree) in trees)
        {
            var title = Prefix + Path.GetFileNameWithoutExtension(name);
            mutants.AddRange(MutantMaker.Of(title, tree.ToString(), compilation.GetSemanticModel(tree)).Select(mutant => (mutant, tree)));
        }

        var before = trees.Values.ToDictionary(tree => tree.FilePath, tree => Errors(compilation, tree));
        var results = new ConcurrentBag<(Mutant Mutant, string? KilledBy)>();
        await Parallel.ForEachAsync(mutants, async (pair, token) =>
        {
            var tree = CSharpSyntaxTree.ParseText(pair.Mutant.Text, Analysis.ParseOptions, pair.Tree.FilePath, Encoding.UTF8, token);
            var mutated = compilation.ReplaceSyntaxTree(pair.Tree, tree);
            results.Add((pair.Mutant, await KillerAsync(mutated, tree, before[tree.FilePath], token)));
        });

        foreach (var mistake in results.GroupBy(result => result.Mutant.Mistake).OrderBy(mistake => mistake.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{mistake.Key}: {mistake.Count(result => result.KilledBy is not null)} of {mistake.Count()}, "
                + $"{mistake.Count(result => result.KilledBy == "the compiler")} of them by the compiler");
        }
        var survivors = results.Where(result => result.KilledBy is null).Select(result => result.Mutant.Key).Order(StringComparer.Ordinal).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{results.Count} mutants, {survivors.Count} survivors"));
        if (Environment.GetEnvironmentVariable("NSL_SURVIVORS") is { Length: > 0 } path)
            File.WriteAllLines(path, survivors);
        Assert.True(results.Count > 100, "There are guards to break.");
        var accepted = MutationTests.AcceptedSurvivors().Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(string.Join('\n', accepted.Order(StringComparer.Ordinal)), string.Join('\n', survivors));
    }

    /// <summary>docs/backup-server.md: the code is that of the sample, and the compiler says of each change what stands below it.</summary>
    [Fact]
    public async Task The_page_shows_what_the_compiler_says()
    {
        const string Path = Folder + "/Operations/Verify.cs";
        var page = new Page("docs/backup-server.md");
        var (compilation, trees) = Compile();
        var code = trees[Path].ToString();
        var shown = Indent(page.BlocksOf("csharp sample").Single());
        Assert.Contains(shown, code, StringComparison.Ordinal);
        var changes = page.BlocksOf("csharp instead").Zip(page.BlocksOf("text compiler")).ToList();
        Assert.NotEmpty(changes);
        foreach (var (changed, expected) in changes)
        {
            var tree = CSharpSyntaxTree.ParseText(code.Replace(shown, Indent(changed), StringComparison.Ordinal), Analysis.ParseOptions, Path, Encoding.UTF8);
            var reported = await Analysis.RunAsync(compilation.ReplaceSyntaxTree(trees[Path], tree));
            Assert.Equal(expected, string.Join('\n', reported.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .Select(diagnostic => $"error {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")));
        }
    }

    private static string Indent(string code) => string.Join('\n', code.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));

    /// <summary>The sample without its command line, which takes no locks, and needs libraries that are not here.</summary>
    private static (CSharpCompilation Compilation, Dictionary<string, SyntaxTree> Trees) Compile()
    {
        var trees = TestSources.Files(Folder).Where(file => file.Name.Split('/') is [_, _, "Datastore" or "Locks" or "Operations", ..])
            .ToDictionary(file => file.Name, file => CSharpSyntaxTree.ParseText(file.Text, Analysis.ParseOptions, file.Name, Encoding.UTF8));
        return (Analysis.Compile([CSharpSyntaxTree.ParseText(Global, Analysis.ParseOptions), .. trees.Values], withDatastore: false), trees);
    }

    /// <summary>What of the build says that something is wrong; null where nothing does.</summary>
    private static async Task<string?> KillerAsync(Compilation mutated, SyntaxTree tree, int errorsBefore, CancellationToken token)
    {
        if (Errors(mutated, tree) > errorsBefore)
            return "the compiler";
        var analyzed = mutated.WithAnalyzers(Verify.AllAnalyzers, new AnalyzerOptions([]));
        var here = await analyzed.GetAnalyzerSemanticDiagnosticsAsync(mutated.GetSemanticModel(tree), filterSpan: null, token);
        return here.Concat(here.IsEmpty ? await Analysis.RunAsync(mutated, token) : ImmutableArray<Diagnostic>.Empty).FirstOrDefault()?.Id;
    }

    /// <summary>Generated code is not here, and missed.</summary>
    private static int Errors(Compilation compilation, SyntaxTree tree) =>
        compilation.GetSemanticModel(tree).GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
