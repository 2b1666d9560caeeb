using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>What one run took of the processor, and what it allocated.</summary>
internal readonly record struct Cost(double Milliseconds, double Bytes)
{
    private static readonly Process Self = Process.GetCurrentProcess();

    /// <summary>Parses, binds and emits, as a compiler without analyzers does.</summary>
    public static Cost OfCompiler(CodeSet code) => Of(() => code.Compile().Emit(Stream.Null));

    /// <summary>Parses, binds and analyses. Nothing is emitted: compare with a run of analyzers that do nothing.</summary>
    /// <exception cref="InvalidOperationException">An analyzer gave up: what it cost until then would tell nothing.</exception>
    public static Cost OfAnalyzers(CodeSet code, ImmutableArray<DiagnosticAnalyzer> analyzers) => Of(() =>
    {
        if (Diagnostics(code, analyzers, []).FirstOrDefault(diagnostic => diagnostic.Id == "AD0001") is { } crash)
            throw new InvalidOperationException(crash.ToString());
    });

    /// <summary>The compiler's diagnostics and those of the analyzers.</summary>
    public static ImmutableArray<Diagnostic> Diagnostics(
        CodeSet code, ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableArray<AdditionalText> files)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions(files), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: false);
        return code.Compile().WithAnalyzers(analyzers, options).GetAllDiagnosticsAsync().GetAwaiter().GetResult();
    }

    /// <summary>The fastest run, as whatever else the machine does only adds to the others; of the bytes the median.</summary>
    public static Cost Best(IReadOnlyCollection<Cost> costs) => new(costs.Min(cost => cost.Milliseconds), Median(costs.Select(cost => cost.Bytes)));

    private static Cost Of(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        Self.Refresh();
        var time = Self.TotalProcessorTime;
        action();
        Self.Refresh();
        return new Cost((Self.TotalProcessorTime - time).TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
