using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NamespaceLocking.Analyzers.PropertyTests.Programs;

internal enum Mistake
{
    /// <summary>An operation that a run reaches without its lock is not reported.</summary>
    UncoveredUnreported,

    /// <summary>An operation is reported that every run covers.</summary>
    CoveredReported,

    /// <summary>A guard that a run leaves open is not reported.</summary>
    LeakUnreported,

    /// <summary>A guard is reported that every run disposes.</summary>
    DisposedReported,

    /// <summary>A request is reported that some run makes with nothing in its way.</summary>
    PossibleReported,

    /// <summary>A diagnostic that no such method can deserve.</summary>
    Unexpected,
}

/// <summary>A place where the analyzers and the runs do not agree.</summary>
internal sealed record Disagreement(Mistake Mistake, Node[] Nodes, string Text);

/// <summary>Compares what the analyzers say of methods with what the methods' runs show. Many methods are one compilation.</summary>
internal sealed class Judge
{
    private static readonly string[] Coverage = ["NSL1001", "NSL1002", "NSL1003", "NSL1004", "NSL1005"];
    private static readonly string[] Leaks = ["NSL2001", "NSL2002", "NSL2003"];
    private static readonly string[] Conflicts = ["NSL3001", "NSL3002"];

    public int Methods { get; private set; }

    public int Operations { get; private set; }

    public int Reported { get; private set; }

    public int Acquisitions { get; private set; }

    /// <summary>Methods left out because their guards combine in too many ways.</summary>
    public int TooLarge { get; private set; }

    public async Task<List<Disagreement>> CompareAsync(IReadOnlyList<Node[]> trees)
    {
        var writer = new SourceWriter();
        writer.Write("class C");
        writer.Write("{");
        var methods = new List<(Method Method, Node[] Nodes, int From, int To)>();
        foreach (var nodes in trees)
        {
            var method = Method.Of(nodes);
            var from = writer.Line;
            method.Print(writer, "M" + methods.Count);
            methods.Add((method, nodes, from, writer.Line));
        }

        writer.Write("}");
        var source = writer.ToString();
        var byLine = await DiagnoseAsync(source);
        var lines = source.Split('\n');
        var disagreements = new List<Disagreement>();
        foreach (var (method, nodes, from, to) in methods)
        {
            var (real, free) = (method.RunAll(isLenient: false), method.RunAll(isLenient: true));
            if (real.IsTooLarge || free.IsTooLarge)
            {
                TooLarge++;
                continue;
            }

            Methods++;
            var found = Compare(method, real, free, byLine, from, to).ToList();
            foreach (var (mistake, line) in found.DistinctBy(one => one.Mistake))
                disagreements.Add(new(mistake, nodes, Describe(mistake, lines, line, from, to, byLine)));
        }

        return disagreements;
    }

    private IEnumerable<(Mistake Mistake, int Line)> Compare(Method method, Runs real, Runs free, ILookup<int, string> byLine, int from, int to)
    {
        bool IsReported(int line, string[] rules) => byLine[line].Any(rules.Contains);

        foreach (var operation in method.Operations)
        {
            Operations++;
            var isReported = IsReported(operation.Site, Coverage);
            Reported += isReported ? 1 : 0;
            if (real.Uncovered.Contains(operation.Site) && !isReported)
                yield return (Mistake.UncoveredUnreported, operation.Site);
            // A variable with one namespace on one path and another on the next is no name that the contract follows.
            var isOneNamespace = !free.Reached.TryGetValue(operation.Site, out var namespaces) || namespaces.Count <= operation.Namespaces.Count;
            if (isReported && !free.Uncovered.Contains(operation.Site) && isOneNamespace)
                yield return (Mistake.CoveredReported, operation.Site);
        }

        foreach (var leaked in real.Leaked)
        {
            Acquisitions++;
            if (!IsReported(leaked, Leaks) && !free.Overwritten.Any(overwritten => overwritten.Acquisition == leaked && byLine[overwritten.Assignment].Contains("NSL2004")))
                yield return (Mistake.LeakUnreported, leaked);
        }

        for (var line = from; line < to; line++)
        {
            if (IsReported(line, Leaks) && !free.Leaked.Contains(line))
                yield return (Mistake.DisposedReported, line);
            if (byLine[line].Contains("NSL2004") && !free.Overwritten.Any(overwritten => overwritten.Assignment == line))
                yield return (Mistake.DisposedReported, line);
            if (IsReported(line, Conflicts) && real.Possible.Contains(line))
                yield return (Mistake.PossibleReported, line);
            if (byLine[line].Any(id => !Coverage.Contains(id) && !Leaks.Contains(id) && !Conflicts.Contains(id) && id != "NSL2004"))
                yield return (Mistake.Unexpected, line);
        }
    }

    private static string Describe(Mistake mistake, string[] lines, int at, int from, int to, ILookup<int, string> byLine) =>
        $"{mistake}\n" + string.Join("\n", Enumerable.Range(from, to - from).Select(line =>
            $"{(line == at ? ">>" : "  ")} {lines[line]}{(byLine[line].Any() ? " // " + string.Join(", ", byLine[line]) : "")}"));

    private static async Task<ILookup<int, string>> DiagnoseAsync(string source)
    {
        var (compilation, tree) = Analysis.Compile(source);
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5).ToList();
        Assert.True(errors.Count == 0, string.Join("\n", errors) + "\n" + source);
        var diagnostics = await Analysis.RunAsync(compilation);
        return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree)
            .ToLookup(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line - Analysis.UsingLines, diagnostic => diagnostic.Id);
    }
}
