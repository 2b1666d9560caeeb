using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>Whether the analyzers are silent, and do not fail, on code that does not use the library; or what they say of it once a file annotates it.</summary>
internal static class Certainty
{
    public static bool Holds(string folder, ImmutableArray<DiagnosticAnalyzer> analyzers, string? annotations)
    {
        var found = 0;
        ImmutableArray<AdditionalText> files = annotations is null ? [] : [new TextFile(annotations)];
        foreach (var code in CodeSet.In(folder, isReferenced: true))
        {
            var watch = Stopwatch.StartNew();
            var diagnostics = Cost.Diagnostics(code, analyzers, files);
            var own = diagnostics.Where(diagnostic => diagnostic.Id.StartsWith("NSL", StringComparison.Ordinal) || diagnostic.Id is "AD0001").ToArray();
            var errors = diagnostics.Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !own.Contains(diagnostic));
            Console.WriteLine($"{code.Name}: {code.Sources.Count} files, {code.Lines} lines, {errors} errors of the compiler, {own.Length} diagnostics of these analyzers, {watch.Elapsed.TotalSeconds:F1} s");
            foreach (var diagnostic in own)
                Console.WriteLine("  " + diagnostic);
            found += own.Length;
        }

        return found == 0;
    }
}
