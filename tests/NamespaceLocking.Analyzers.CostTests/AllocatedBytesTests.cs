using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Benchmarks;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace NamespaceLocking.Analyzers.CostTests;

/// <summary>
/// What the analyzers allocate, as a ratio to what the compiler does. Times drift and are for the benchmark; bytes hardly do. They are counted
/// for the process as a whole, so that nothing else may run beside: these tests have a project of their own.
/// </summary>
public sealed class AllocatedBytesTests
{
    private const int Methods = 200;

    internal static readonly ImmutableArray<DiagnosticAnalyzer> Own =
    [
        .. typeof(LockFlowAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    [Theory]
    [InlineData(0, false, 0.002)]
    [InlineData(0, true, 0.12)]
    [InlineData(3, true, 0.20)]
    [InlineData(20, true, 0.35)]
    public void Little_in_code_of_which_a_share_calls_the_library(int share, bool isReferenced, double limit)
    {
        var code = GeneratedCode.Make(Methods, share, seed: 1, isReferenced);

        Assert.InRange(Extra(code, Own) / BytesOf(() => Cost.OfCompiler(code)), -0.002, limit);
    }

    [Fact]
    public void Where_every_body_calls_the_library_hardly_more_than_a_trivial_fixed_point()
    {
        var code = GeneratedCode.Make(Methods, share: 100, seed: 1);

        Assert.InRange(Extra(code, Own) / Extra(code, [new GraphFixedPoint()]), 0.5, 1.3);
    }

    [Fact]
    public void Twice_for_twice_the_code()
    {
        var once = Extra(GeneratedCode.Make(Methods, share: 20, seed: 1), Own);
        var twice = Extra(GeneratedCode.Make(2 * Methods, share: 20, seed: 1), Own);

        Assert.InRange(twice / once, 1.5, 2.2);
    }

    [Fact]
    public void Who_turns_the_search_of_callees_off_does_not_pay_for_it()
    {
        var code = GeneratedCode.Make(Methods, share: 100, seed: 1);

        Assert.InRange(Extra(code.Without("NSL3004"), Own) / Extra(code, Own), 0.5, 0.99);
    }

    private static double Extra(CodeSet code, ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        BytesOf(() => Cost.OfAnalyzers(code, analyzers)) - BytesOf(() => Cost.OfAnalyzers(code, [new EmptyAnalyzer()]));

    /// <summary>The first run makes what lasts; a later one may be hit by what the test host does.</summary>
    private static double BytesOf(Func<Cost> run)
    {
        run();
        return Cost.Best([run(), run(), run()]).Bytes;
    }
}
