namespace NamespaceLocking.Analyzers.Tests.Flow;

/// <summary>Guarded data that is used in part: members of structures, elements, places that are handed on by reference.</summary>
public class GuardedPartsTests
{
    /// <summary>Guarded data of many kinds, and members that take it by reference.</summary>
    internal const string Stats =
        """
        struct Point { public int X; public int Y; public Point Self() => this; public void Move() => X++; }

        class Stats(BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [GuardedBy(nameof(Namespace))]
            public int Count;

            [GuardedBy("this.Namespace")]
            public string? Title { get; set; }

            [GuardedBy("Namespace")]
            public readonly List<int> Sizes = [];

            [GuardedBy("Namespace")]
            public Point Point;

            [GuardedBy("Namespace")]
            public (int Low, int High) Range;

            [GuardedBy("Namespace")]
            public int[] Slots = [];

            [GuardedBy("Namespace")]
            public Buffer Buffer;

            public Stats? Next;
            public Stats Peer => this;
        }

        [System.Runtime.CompilerServices.InlineArray(4)]
        struct Buffer { private int _first; }

        static class Tools
        {
            public static void Change(ref int value) => value++;
            public static void Set(out int value) => value = 1;
            public static void Show(in int value) { }
            public static void Print(int value) { }
            public static void Bump(this ref int value) => value++;
            public static void Look(this in Point value) { }
            public static void Shift(this ref Point value) => value.X++;
            public static void Swap(ref Stats stats) { }
            public static void SwapIn(in Stats stats) { }
            public static Stats Find() => new(BackupNamespace.Root);
            public static Stats Find(Stats stats) => new(BackupNamespace.Root);
            [RequiresLock(LockMode.Exclusive, "stats.Namespace")]
            public static void Reset(Stats stats) { }
        }
        """;

    private static Task BodyAsync(string body) => Cases.BodyAsync(Stats, "var stats = new Stats(ns);\n" + body);

    [Theory]
    [InlineData("{|NSL1002:stats.Point|}.X = 1;")]
    [InlineData("{|NSL1002:stats.Point|}.X++;")]
    [InlineData("{|NSL1002:stats.Point|}.X += 2;")]
    [InlineData("{|NSL1002:stats.Range|}.Low = 1;")]
    [InlineData("{|NSL1002:stats.Range|}.Item2 = 1;")]
    [InlineData("({|NSL1002:stats.Range|}.Low, {|NSL1002:stats.Point|}.X) = (1, 2);")]
    [InlineData("Tools.Change(ref {|NSL1002:stats.Point|}.X);")]
    [InlineData("Tools.Set(out {|NSL1002:stats.Point|}.X);")]
    [InlineData("ref var x = ref {|NSL1002:stats.Point|}.X;")]
    [InlineData("{|NSL1002:stats.Count|}.Bump();")]
    [InlineData("{|NSL1002:stats.Point|}.Shift();")]
    [InlineData("{|NSL1002:stats.Point|}.X.Bump();")]
    [InlineData("{|NSL1002:stats.Point|}.X = flag ? 1 : 2;")]
    [InlineData("{|NSL1002:stats.Count|} = {|NSL1002:stats.Point|}.X = 3;")]
    [InlineData("{|NSL1002:stats.Buffer|}[0] = 1;")]
    [InlineData("{|NSL1002:stats.Buffer|}[0]++;")]
    [InlineData("{|NSL1002:stats.Buffer|}[flag ? 1 : 2] += flag ? 3 : 4;")]
    [InlineData("({|NSL1002:stats.Buffer|}[0], var x) = (1, 2);")]
    [InlineData("Tools.Change(ref {|NSL1002:stats.Buffer|}[0]);")]
    [InlineData("ref var x = ref {|NSL1002:stats.Buffer|}[0];")]
    [InlineData("foreach (ref var x in {|NSL1002:stats.Buffer|}) x = 1;")]
    [InlineData("Span<int> span = {|NSL1002:stats.Buffer|};")]
    [InlineData("var span = {|NSL1002:stats.Buffer|}[1..];")]
    [InlineData("(flag ? ref {|NSL1002:stats.Count|} : ref {|NSL1002:stats.Point|}.X) = 1;")]
    [InlineData("(flag ? ref {|NSL1002:stats.Count|} : ref stats.Slots[0])++;")]
    [InlineData("Tools.Change(ref (flag ? ref {|NSL1002:stats.Count|} : ref {|NSL1002:stats.Point|}.X));")]
    [InlineData("ref int x = ref (flag ? ref {|NSL1002:stats.Count|} : ref {|NSL1002:stats.Point|}.X);")]
    public Task A_part_that_is_written_under_a_shared_guard(string body) => BodyAsync("using var guard = locks.AcquireShared(stats.Namespace); " + body);

    [Theory]
    [InlineData("var x = stats.Point.X;")]
    [InlineData("stats.Point.Look();")]
    [InlineData("Tools.Show(in stats.Point.X);")]
    [InlineData("var b = stats.Buffer[0];")]
    [InlineData("foreach (var b in stats.Buffer) Tools.Print(b);")]
    [InlineData("ReadOnlySpan<int> span = stats.Buffer;")]
    [InlineData("ReadOnlySpan<int> span = stats.Buffer[1..];")]
    [InlineData("ref readonly int x = ref (flag ? ref stats.Count : ref stats.Slots[0]);")]
    [InlineData("Tools.Print(flag ? ref stats.Count : ref stats.Slots[0]);")]
    [InlineData("stats.Slots[0] = 1;")]
    [InlineData("Tools.Change(ref stats.Slots[0]);")]
    [InlineData("var (a, b) = stats.Range;")]
    [InlineData("var f = stats.Sizes is [1, ..];")]
    public Task A_part_that_is_read_under_a_shared_guard(string body) => BodyAsync("using var guard = locks.AcquireShared(stats.Namespace); " + body);

    [Theory]
    [InlineData("unsafe { fixed (int* p = &{|NSL1001:stats.Count|}) { } }")]
    [InlineData("unsafe { fixed (int* p = {|NSL1001:stats.Slots|}) { } }")]
    [InlineData("_ = new Stats(ns) { Count = 1, Title = \"a\" };")]
    [InlineData("_ = new Stats(ns) { Sizes = { 1 } };")]
    [InlineData("items.ForEach({|NSL1001:stats.Sizes|}.Add);")]
    [InlineData("Action<int> add = {|NSL1001:stats.Sizes|}.Add;")]
    public Task An_access_without_a_guard(string body) => BodyAsync(body);
}
