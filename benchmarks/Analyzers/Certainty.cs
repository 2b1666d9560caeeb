using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>Whether the analyzers are silent, and do not fail, on code that does not use the library.</summary>
internal static class Certainty
{
    public static bool Holds(string folder, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var code = CodeSet.Below(folder, isReferenced: true);
        var watch = Stopwatch.StartNew();
        var diagnostics = Cost.Diagnostics(code, analyzers);
        var own = diagnostics.Where(diagnostic => diagnostic.Id.StartsWith("NSL", StringComparison.Ordinal) || diagnostic.Id is "AD0001").ToArray();
        var errors = diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Console.WriteLine($"{code.Name}: {code.Sources.Count - 1} files, {code.Lines} lines, {errors} errors of the compiler, {own.Length} diagnostics of these analyzers, {watch.Elapsed.TotalSeconds:F1} s");
        foreach (var diagnostic in own)
            Console.WriteLine("  " + diagnostic);
        return own.Length == 0;
    }
}
