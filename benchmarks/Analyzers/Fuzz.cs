using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>
/// Puts calls of the library into somebody else's code, at random. Some changes leave no doubt what the analyzers have to say; others break the code, where they only
/// have to come to an end without failing.
/// </summary>
internal sealed class Fuzz(string folder, ImmutableArray<DiagnosticAnalyzer> analyzers, int seed)
{
    /// <summary>For one file: many times what any needs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Random _random = new(seed);
    private readonly SortedDictionary<string, (int Done, int Wrong, int Operations)> _counts = new(StringComparer.Ordinal);
    private TimeSpan _longest;
    private string _longestAt = "";

    public bool Run(int count)
    {
        var projects = CodeSet.In(folder, isReferenced: true).Select(code => code.Compile()).Select(compilation => compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(Splice.Library, (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options, "/Spliced.cs"))).ToList();
        var files = projects.SelectMany(project => project.SyntaxTrees.Where(tree => tree.FilePath.EndsWith(".cs", StringComparison.Ordinal)
            && !tree.FilePath.StartsWith('/' + "generated", StringComparison.Ordinal) && tree.FilePath != "/Spliced.cs").Select(tree => (project, tree))).ToList();
        var wrong = 0;
        for (var i = 0; i < count; i++)
        {
            var (project, tree) = files[_random.Next(files.Count)];
            if (Splice.Make(tree, _random) is not { } splice)
                continue;
            var before = Environment.CpuUsage.TotalTime;
            var task = Task.Run(() => Analyze(project, tree, splice));
            if (!task.Wait(Limit))
            {
                Console.WriteLine($"No end after {Limit.TotalSeconds} s: {splice.Kind} in {tree.FilePath}\n{splice.Text}");
                return false;
            }

            var known = _counts.GetValueOrDefault(splice.Kind);
            _counts[splice.Kind] = (known.Done + 1, known.Wrong + (task.Result is null ? 0 : 1), known.Operations + splice.Operations);
            if (task.Result is { } what)
            {
                wrong++;
                Console.WriteLine($"{splice.Kind} in {tree.FilePath}: {what}\n{splice.Excerpt}\n");
            }

            // Of the processor: on a busy machine the clock would tell of others.
            if (Environment.CpuUsage.TotalTime - before is var took && took > _longest)
                (_longest, _longestAt) = (took, tree.FilePath);
        }

        foreach (var (kind, counts) in _counts)
            Console.WriteLine($"{kind,-28}{counts.Done,8} files {counts.Operations,8} operations {counts.Wrong,6} wrong");
        Console.WriteLine($"{_counts.Values.Sum(counts => counts.Done)} files of {files.Count}, {wrong} wrong, the slowest took {_longest.TotalSeconds:F1} s of the processor ({_longestAt})");
        return wrong == 0;
    }

    /// <summary>What is wrong with what the analyzers say of the changed file, if anything.</summary>
    private string? Analyze(CSharpCompilation project, SyntaxTree tree, Splice splice)
    {
        var changed = CSharpSyntaxTree.ParseText(splice.Text, (CSharpParseOptions)tree.Options, tree.FilePath);
        var compilation = project.ReplaceSyntaxTree(tree, changed);
        var model = compilation.GetSemanticModel(changed);
        string? failure = null;
        var analysis = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (exception, _, _) => failure = exception.ToString(), concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        var result = analysis.GetAnalysisResultAsync(model, filterSpan: null, CancellationToken.None).GetAwaiter().GetResult();
        if (failure is not null)
            return failure;
        if (splice.Expected is not { } expected)
            return null;
        // Code that does not compile leaves open what is to be said of it.
        if (model.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is not null)
        {
            splice.Kind = "does not compile";
            return null;
        }

        // A member that calls itself under its own exclusive guard can never get the second one: NSL3004 has a point there.
        var found = result.GetAllDiagnostics()
            .Where(diagnostic => diagnostic.Id.StartsWith("NSL", StringComparison.Ordinal) && (diagnostic.Id != "NSL3004" || splice.Kind != "held exclusively")).ToList();
        if (expected.Length == 0)
            return found.Count == 0 ? null : "expected nothing, found " + string.Join("; ", found);
        if (found.Where(diagnostic => diagnostic.Id != expected).ToList() is { Count: > 0 } others)
            return $"expected {expected} alone, found " + string.Join("; ", others);
        var due = Operations(model).ToHashSet();
        var reported = found.Select(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1).ToList();
        if (due.Except(reported).ToList() is { Count: > 0 } missed)
            return $"expected {expected} in line {string.Join(", ", missed)} too, and found it in {string.Join(", ", reported)}";
        if (reported.Except(due).ToList() is { Count: > 0 } extra)
            return $"did not expect {expected} in line {string.Join(", ", extra)}, which is not reachable";
        return null;
    }

    /// <summary>The lines of the operations that can be reached.</summary>
    private static IEnumerable<int> Operations(SemanticModel model) => model.SyntaxTree.GetRoot().DescendantNodes().OfType<ExpressionStatementSyntax>()
        .Where(statement => statement.ToString() is var text && (text.StartsWith("global::Spliced.Read", StringComparison.Ordinal) || text.StartsWith("global::Spliced.Write", StringComparison.Ordinal))
            && model.AnalyzeControlFlow(statement) is { StartPointIsReachable: true } && !FollowsThrowHelper(statement, model))
        .Select(statement => statement.GetLocation().GetLineSpan().StartLinePosition.Line + 1);

    /// <summary>Whether a call before it does not return, which the analyzers know and the compiler's reachability does not.</summary>
    private static bool FollowsThrowHelper(StatementSyntax statement, SemanticModel model) => statement.Parent!.ChildNodes().TakeWhile(child => child != statement)
        .OfType<ExpressionStatementSyntax>()
        .Any(before => model.GetSymbolInfo(before.Expression).Symbol?.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute") == true);
}
