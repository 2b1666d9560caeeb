namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>The object that is locked, and the one that is used, under several names.</summary>
public class AliasesTests
{
    private static Task BodyAsync(string body) => Cases.BodyAsync(GuardedPartsTests.Stats, "var stats = new Stats(ns);\n" + body);

    [Theory]
    [InlineData("var p = stats; using var guard = locks.AcquireExclusive(p.Namespace); stats.Count = 1;")]
    [InlineData("Stats? p; p = null; p = stats; using var guard = locks.AcquireExclusive(p.Namespace); stats.Count = 1; p = null;")]
    [InlineData("while (true) { var f = Tools.Find(); var p = f; if (p == null) break; using var guard = locks.AcquireExclusive(p.Namespace); f.Count = 1; }")]
    [InlineData("var p = stats; Tools.SwapIn(in p); using var guard = locks.AcquireExclusive(p.Namespace); stats.Count = 1;")]
    [InlineData("var p = stats; Tools.Swap(ref p); using var guard = locks.AcquireExclusive(p.Namespace); {|NSL1003:stats.Count|} = 1;")]
    [InlineData("var p = stats; Tools.Swap(ref p); p = stats; using var guard = locks.AcquireExclusive(p.Namespace); stats.Count = 1;")]
    [InlineData("var p = Tools.Find(); using var guard = locks.AcquireExclusive(p.Namespace); Tools.Reset(p);")]
    [InlineData("var p = stats; using var guard = locks.AcquireExclusive(p.Namespace); p = Tools.Find(p); stats.Count = 1; {|NSL1003:p.Count|} = 1;")]
    [InlineData("var p = stats.Next!; using var guard = locks.AcquireExclusive(p.Namespace); stats.Next!.Count = 1;")]
    [InlineData("var list = stats; var e = list.Next!; using var guard = locks.AcquireExclusive(e.Namespace); list = list.Next!; e.Count = 1;")]
    [InlineData("var p = stats; using var guard = locks.AcquireExclusive(stats.Namespace); if (flag) { do { } while (items.Remove(1)); } p.Count = 1;")]
    [InlineData("var p = stats; p = p; using var guard = locks.AcquireExclusive(p.Namespace); p.Count = 1;")]
    [InlineData("var p = Tools.Find(); p = Tools.Find(p); using var guard = locks.AcquireExclusive(p.Namespace); p.Count = 1;")]
    [InlineData("var p = stats; using var guard = locks.AcquireExclusive(p.Namespace); for (var i = 0; i < 10; i++) { if (flag) break; } stats.Count = 1;")]
    [InlineData("var p = stats; using var guard = locks.AcquireExclusive(p.Namespace); for (var i = 0; i < 10; i++) { if (flag) continue; } p.Count = 1;")]
    [InlineData("var o = new Stats(ns2); var p = stats; using var guard = locks.AcquireExclusive(p.Namespace); for (var i = 0; i < 10; i++) { if (flag) p = o; } stats.Count = 1; {|NSL1003:p.Count|} = 1;")]
    [InlineData("var o = new Stats(ns2); var p = flag ? stats : o; using var guard = locks.AcquireExclusive(p.Namespace); p.Count = 1;")]
    [InlineData("var o = new Stats(ns2); Stats p; if (flag) p = stats; else p = o; using var guard = locks.AcquireExclusive(p.Namespace); p.Count = 1; {|NSL1003:stats.Count|} = 1;")]
    [InlineData("object p = stats; using var guard = locks.AcquireExclusive(((Stats)p).Namespace); stats.Count = 1;")]
    [InlineData("object p = stats; if (p is Stats s) { using var guard = locks.AcquireExclusive(s.Namespace); stats.Count = 1; ((Stats)p).Count = 1; (p as Stats)!.Count = 2; }")]
    [InlineData("ref var p = ref stats; using var guard = locks.AcquireExclusive(stats.Namespace); p.Count = 1;")]
    [InlineData("Stats f() => stats; using var guard = locks.AcquireExclusive(f().Namespace); {|NSL1003:f().Count|} = 1;")]
    public Task Another_name_for_an_object(string body) => BodyAsync(body);

    [Theory]
    [InlineData("var a = new[] { stats, new Stats(ns2) }; using var guard = locks.AcquireExclusive(a[0].Namespace); a[0].Count = 1;")]
    [InlineData("var a = new[] { stats, new Stats(ns2) }; using var guard = locks.AcquireExclusive(a[0].Namespace); {|NSL1003:a[1].Count|} = 1;")]
    [InlineData("var a = new List<Stats> { stats, new Stats(ns2) }; using var guard = locks.AcquireExclusive(a[0].Namespace); a[0].Count = 1;")]
    [InlineData("var a = new Dictionary<string, Stats>(); using var guard = locks.AcquireExclusive(a[\"x\"].Namespace); a[\"x\"].Count = 1;")]
    [InlineData("var a = new Dictionary<string, Stats>(); using var guard = locks.AcquireExclusive(a[\"x\"].Namespace); {|NSL1003:a[\"y\"].Count|} = 1;")]
    public Task An_item_of_a_collection(string body) => BodyAsync(body);
}
