using System.Text;
using Xunit.Abstractions;

namespace NamespaceLocking.Analyzers.PropertyTests;

/// <summary>What a method costs, by its size. Bytes are counted, which are the same on a busy machine.</summary>
[Collection(nameof(AloneCollection))]
public class LargeMethodsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("scoped")]
    [InlineData("kept to the end")]
    [InlineData("disposed in finally")]
    [InlineData("tried and tested")]
    [InlineData("tried and left")]
    [InlineData("tried and kept")]
    [InlineData("in loops")]
    public async Task Four_times_the_statements_cost_about_four_times_as_much(string guards)
    {
        await MeasureAsync(guards, 1250);
        var costs = new List<long>();
        foreach (var statements in new[] { 1250, 2500, 5000 })
            costs.Add(await MeasureAsync(guards, statements));
        output.WriteLine($"{guards}: {string.Join(", ", costs.Select(cost => $"{cost / 1e6:0.0} MB"))}");
        Assert.InRange(costs[1] / (double)costs[0], 1, 3);
        Assert.InRange(costs[2] / (double)costs[0], 2, 7);
    }

    [Fact]
    public async Task A_finally_in_a_finally_in_a_finally_is_analyzed()
    {
        const int Depth = 10;
        var text = new StringBuilder("class C { void M(Datastore store, NamespaceLockManager locks, BackupNamespace ns, bool flag) {\n");
        for (var depth = 0; depth < Depth; depth++)
            text.Append($"try {{ if (flag) return; using var g{depth} = locks.AcquireShared(ns); store.Backup(ns); }} finally {{\n");
        text.Append("store.Delete(ns);").Append('}', Depth).Append("} }");
        var diagnostics = await Analysis.RunAsync(Analysis.Compile(text.ToString()).Compilation);
        Assert.StartsWith("NSL1", Assert.Single(diagnostics).Id, StringComparison.Ordinal);
    }

    /// <summary>The bytes that compiling and analyzing allocates, without those of compiling alone.</summary>
    private static async Task<long> MeasureAsync(string guards, int statements)
    {
        var source = Source(guards, statements);
        var compiled = Allocated();
        Analysis.Compile(source).Compilation.GetDiagnostics();
        compiled = Allocated() - compiled;
        var analyzed = Allocated();
        var diagnostics = await Analysis.RunAsync(Analysis.Compile(source).Compilation);
        analyzed = Allocated() - analyzed;
        // The last operation is not covered: an analysis that gives up is no cheap one. Fifty guards that each may be null are too many to tell apart.
        if (guards != "tried and kept")
            Assert.StartsWith("NSL1", Assert.Single(diagnostics).Id, StringComparison.Ordinal);
        return analyzed - compiled;
    }

    private static long Allocated() => GC.GetTotalAllocatedBytes(precise: true);

    /// <summary>A method with a guard for each hundred statements, and four branches in those.</summary>
    private static string Source(string guards, int statements)
    {
        var text = new StringBuilder("class C { async Task M(Datastore store, NamespaceLockManager locks, BackupNamespace ns, bool flag, List<int> items) {\n");
        for (var guard = 0; guard < statements / 100; guard++)
        {
            var ns = $"ns.Child(\"a{guard}\")";
            var (before, after) = guards switch
            {
                "scoped" => ($"using (var g{guard} = locks.AcquireShared({ns})) {{", "}"),
                "kept to the end" => ($"using var g{guard} = locks.AcquireShared({ns});", ""),
                "disposed in finally" => ($"var g{guard} = locks.AcquireShared({ns}); try {{", $"}} finally {{ g{guard}.Dispose(); }}"),
                "tried and tested" => ($"using (var g{guard} = locks.TryAcquireShared({ns})) {{ if (g{guard} is null) return;", "}"),
                "tried and left" => ($"using var g{guard} = locks.TryAcquireShared({ns}); if (g{guard} is null) return;", ""),
                "tried and kept" => ($"using var g{guard} = locks.TryAcquireShared({ns}); if (g{guard} is not null) {{", "}"),
                _ => ($"foreach (var item{guard} in items) {{ await using var g{guard} = await locks.AcquireSharedAsync({ns});", "}"),
            };
            text.Append(before).Append('\n');
            for (var branch = 0; branch < 4; branch++)
            {
                text.Append($"if (items.Count > {branch}) {{\n");
                for (var statement = 0; statement < 12; statement++)
                    text.Append(statement % 3 == 0 ? $"store.Backup({ns});\n" : $"items.Add({statement});\n");
                text.Append("}\n");
                for (var statement = 0; statement < 11; statement++)
                    text.Append(statement % 4 == 0 ? $"await store.BackupAsync({ns});\n" : $"items.Remove({statement});\n");
            }

            text.Append(after).Append('\n');
        }

        return text.Append("store.Delete(ns); } }").ToString();
    }
}

/// <summary>For tests that count what the whole process does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public class AloneCollection;
