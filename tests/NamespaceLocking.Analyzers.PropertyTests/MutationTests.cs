using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NamespaceLocking.Analyzers.PropertyTests.Mutants;
using NamespaceLocking.Analyzers.Tests.Pages;
using Xunit.Abstractions;

namespace NamespaceLocking.Analyzers.PropertyTests;

/// <summary>Each guard of correct code is broken in the usual ways, and the analyzers must see it.</summary>
public class MutationTests(ITestOutputHelper output)
{
    private const string Accepted = "tests/NamespaceLocking.Analyzers.PropertyTests/Mutants/AcceptedSurvivors.txt";
    private const int Batch = 200;

    [Fact]
    public async Task Each_mutant_of_correct_code_is_reported()
    {
        var sources = TestSources.Samples().Concat(TestSources.InCases(areClean: true))
            .Where(source => source.Text.Contains("Acquire", StringComparison.Ordinal) || source.Text.Contains("Lock", StringComparison.Ordinal))
            .DistinctBy(source => source.Text).ToList();
        var correct = await DiagnoseAsync(sources.Select(source => source.Text).ToList());
        var mutants = new List<(Mutant Mutant, string[] Before)>();
        for (var i = 0; i < sources.Count; i++)
        {
            if (correct[i] is not { } before)
                continue;
            var (compilation, tree) = Analysis.Compile(sources[i].Text);
            mutants.AddRange(MutantMaker.Of(sources[i].Name, sources[i].Text, compilation.GetSemanticModel(tree)).Select(mutant => (mutant, before)));
        }

        mutants = [.. mutants.DistinctBy(mutant => mutant.Mutant.Text).DistinctBy(mutant => mutant.Mutant.Key)];
        var results = await DiagnoseAsync([.. mutants.Select(mutant => mutant.Mutant.Text)]);
        var compiled = mutants.Zip(results, (mutant, after) => (mutant.Mutant, mutant.Before, After: after)).Where(mutant => mutant.After is not null).ToList();
        // A guard that nothing misses can be disposed early, or be one on something else. A Try cannot be deleted without breaking its test.
        var needed = compiled.Where(mutant => mutant.Mutant.IsDeletion ? IsReported(mutant.Before, mutant.After!)
                : mutant.Mutant.Mistake == "another namespace" && IsReported(mutant.Before, [.. mutant.After!.Where(id => !id.StartsWith("NSL3", StringComparison.Ordinal))]))
            .Select(mutant => (mutant.Mutant.Source, mutant.Mutant.Place)).ToHashSet();
        compiled.RemoveAll(mutant => mutant.Mutant.NeedsNeed && !needed.Contains((mutant.Mutant.Source, mutant.Mutant.Place)));
        var survivors = compiled.Where(mutant => !IsReported(mutant.Before, mutant.After!)).Select(mutant => mutant.Mutant).ToList();

        var accepted = AcceptedSurvivors().Where(key => !key.StartsWith(SampleMutationTests.Prefix, StringComparison.Ordinal)).ToHashSet();
        foreach (var mistake in compiled.GroupBy(mutant => mutant.Mutant.Mistake).OrderBy(mistake => mistake.Key, StringComparer.Ordinal))
            output.WriteLine($"{mistake.Key}: {mistake.Count(mutant => !survivors.Contains(mutant.Mutant))} of {mistake.Count()}");
        var equivalent = survivors.Count(mutant => accepted.Contains(mutant.Key));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sources.Count} sources, {compiled.Count} mutants that compile, {survivors.Count} survivors of which {equivalent} are explained; killed: {100.0 * (compiled.Count - survivors.Count) / (compiled.Count - equivalent):0.0} % of those that matter"));
        if (Environment.GetEnvironmentVariable("NSL_SURVIVORS") is { Length: > 0 } path)
            File.WriteAllLines(path, survivors.Select(mutant => $"{mutant.Key}\n{mutant.Text}\n-----"));
        Assert.True(compiled.Count > 500, "There is correct code to break.");
        var added = survivors.Where(mutant => !accepted.Contains(mutant.Key)).Select(mutant => mutant.Key).ToList();
        Assert.True(added.Count == 0, string.Join("\n", added));
        // A survivor that is gone is one line less to explain.
        var gone = accepted.Except(survivors.Select(mutant => mutant.Key)).ToList();
        Assert.True(gone.Count == 0, "Not a survivor any more:\n" + string.Join("\n", gone));
    }

    internal static IEnumerable<string> AcceptedSurvivors() => Repository.Read(Accepted).Split('\n').Where(line => line.Length > 0 && line[0] != '#');

    /// <summary>Whether a rule reports more than it did.</summary>
    private static bool IsReported(string[] before, string[] after) =>
        after.GroupBy(id => id).Any(rule => rule.Count() > before.Count(id => id == rule.Key));

    /// <summary>What is reported in each source, or null where it does not compile; each has a namespace of its own, and many are one compilation.</summary>
    private static async Task<IReadOnlyList<string[]?>> DiagnoseAsync(IReadOnlyList<string> sources)
    {
        var results = new List<string[]?>();
        foreach (var batch in sources.Chunk(Batch))
        {
            var trees = batch.Select((source, index) => CSharpSyntaxTree.ParseText(
                $"{Analysis.Usings}namespace Source{index.ToString(CultureInfo.InvariantCulture)}\n{{\n{source}\n}}\n", Analysis.ParseOptions, $"{index}.cs", Encoding.UTF8)).ToList();
            var all = Analysis.Compile(trees, withDatastore: true);
            var broken = all.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Location.SourceTree).ToHashSet();
            var compilation = all.RemoveSyntaxTrees(trees.Where(broken.Contains));
            var diagnostics = (await Analysis.RunAsync(compilation)).ToLookup(diagnostic => diagnostic.Location.SourceTree, diagnostic => diagnostic.Id);
            results.AddRange(trees.Select(tree => broken.Contains(tree) ? null : diagnostics[tree].ToArray()));
        }

        return results;
    }
}
