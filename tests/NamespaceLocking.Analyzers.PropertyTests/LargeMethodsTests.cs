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

    /// <summary>Followed anew for each way down, this would be as many runs as there are ways.</summary>
    [Theory]
    [InlineData("calls of the next two", 200)]
    [InlineData("calls of all others", 40)]
    public async Task Members_that_call_one_another_are_analyzed_once_each(string calls, int members)
    {
        var text = new StringBuilder("class C(NamespaceLockManager locks) {\n");
        for (var member = 0; member < members; member++)
        {
            text.Append($"void M{member}(BackupNamespace ns, bool flag) {{\n");
            for (var callee = 0; callee < members; callee++)
            {
                if (callee != member && (calls == "calls of all others" || callee - member is 1 or 2))
                    text.Append($"if (flag) M{callee}(ns, flag);\n");
            }

            text.Append(member == members - 1 ? "locks.AcquireExclusive(ns).Dispose(); }" : "}").Append('\n');
        }

        text.Append("void Top(BackupNamespace ns, bool flag) { using var guard = locks.AcquireShared(ns); M0(ns, flag); } }");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Assert.Empty(await Analysis.RunAsync(Analysis.Compile(text.ToString()).Compilation, limit.Token));
    }

    /// <summary>Each of these was once followed in every way that leads through it.</summary>
    [Theory]
    [InlineData("functions that all call one another")]
    [InlineData("a namespace chosen again and again")]
    [InlineData("flags compared again and again")]
    public async Task Ways_that_multiply_are_not_followed_one_by_one(string ways)
    {
        const int Count = 24;
        var each = Enumerable.Range(0, Count);
        var body = ways switch
        {
            "functions that all call one another" => "F0(3);\n" + string.Join("\n", each.Select(i =>
                $"void F{i}(int depth) {{ store.Backup(ns); {string.Join(" ", each.Select(j => $"if (depth > {j}) F{j}(depth - 1);"))} }}")),
            "a namespace chosen again and again" => "var x = ns;\n"
                + string.Concat(Enumerable.Range(0, 8 * Count).Select(i => $"x = items.Count > {i} ? x.Child(\"c\") : x.Child(\"d\");\n"))
                + "using var inner = locks.AcquireShared(x); store.Backup(x);",
            _ => "var other = items.Count > 1;\n"
                + string.Concat(each.Select(_ => "flag = flag == other; other = other == flag;\n")) + "if (flag) store.Backup(ns);",
        };
        var source = "class C { void M(Datastore store, NamespaceLockManager locks, BackupNamespace ns, bool flag, List<int> items) {\n"
            + $"using var guard = locks.AcquireShared(ns);\n{body}\n}} }}";
        Assert.Empty(await Analysis.RunAsync(Analysis.Compile(source).Compilation).WaitAsync(TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task What_members_acquire_that_call_one_another_is_known_of_each()
    {
        const string Source =
            """
            class C(NamespaceLockManager locks)
            {
                void Even(BackupNamespace ns, int n) { if (n > 0) Odd(ns, n - 1); locks.AcquireExclusive(ns).Dispose(); }

                void Odd(BackupNamespace ns, int n) => Even(ns, n);

                void Top(BackupNamespace ns)
                {
                    using var guard = locks.AcquireShared(ns);
                    Even(ns, 2);
                    Odd(ns, 1);
                }
            }
            """;
        var diagnostics = await Analysis.RunAsync(Analysis.Compile(Source).Compilation);
        Assert.Equal(["NSL3004", "NSL3004"], diagnostics.Select(diagnostic => diagnostic.Id));
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
