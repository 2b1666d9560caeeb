using Xunit.Abstractions;

namespace NamespaceLocking.Exploration;

/// <summary>Every order of a few threads: no two hold what rules out one another, everybody gets a turn, nothing is left behind.</summary>
public class TreeTests(ITestOutputHelper output)
{
    private const LockMode Shared = LockMode.Shared;
    private const LockMode Exclusive = LockMode.Exclusive;

    /// <summary>With two, the whole takes some minutes.</summary>
    private static readonly int MostInterruptions = int.Parse(Environment.GetEnvironmentVariable("EXPLORED_INTERRUPTIONS") ?? "1");

    [Fact]
    public void Shared_and_exclusive_on_one_namespace() =>
        Explore(tree => [tree.Lock("a", Shared), tree.Lock("a", Exclusive), tree.Lock("a", Shared)]);

    [Fact]
    public void Two_that_share_come_and_go() =>
        // Few enough steps for more interruptions: one comes when the last is about to leave, and is there when it does.
        Explore(tree => [tree.Lock("a", Shared), tree.Lock("a", Shared)], MostInterruptions + 1);

    [Fact]
    public void Three_exclusive_ones() =>
        Explore(tree => [tree.Lock("a", Exclusive), tree.Lock("a", Exclusive), tree.Lock("a", Exclusive)]);

    [Fact]
    public void One_above_the_other() =>
        Explore(tree => [tree.Lock("a/b", Shared), tree.Lock("a", Exclusive), tree.Lock("a/b", Exclusive)]);

    [Fact]
    public void The_root_and_two_branches() =>
        Explore(tree => [tree.Lock("a", Shared), tree.Lock("", Exclusive), tree.Lock("b", Exclusive)]);

    [Fact]
    public void The_last_holder_leaves_while_others_ask_once() =>
        Explore(tree => [tree.TryLock("a", Shared), tree.TryLock("a", Shared), tree.TryLock("a", Exclusive)]);

    [Fact]
    public void Who_asks_once_beside_who_waits() =>
        Explore(tree => [tree.TryLock("a/b", Shared), tree.Lock("a", Exclusive), tree.Lock("a/b", Shared)]);

    [Fact]
    public void Pairs_in_opposite_directions() =>
        Explore(tree => [tree.LockBoth("a", "b"), tree.LockBoth("b", "a")]);

    [Fact]
    public void A_pair_between_two_others() =>
        Explore(tree => [tree.LockBoth("a/x", "b"), tree.Lock("a", Exclusive), tree.Lock("b", Shared)]);

    [Fact]
    public void Pairs_that_cross() =>
        Explore(tree => [tree.LockBoth("a/c", "b"), tree.LockBoth("a/b", "a/c/d"), tree.TryLock("a/c/d", Shared)]);

    [Fact]
    public void A_waiter_gives_up_before_others() => Explore(tree =>
    {
        var cancellation = new CancellationTokenSource();
        return
        [
            tree.Lock("a", Shared),
            Then(tree.LockUnlessCancelled("a", Exclusive, cancellation.Token), tree.Lock("a", Shared)),
            Then(cancellation.Cancel, tree.Lock("a", Shared)),
        ];
    });

    [Fact]
    public void A_shared_waiter_gives_up_before_an_exclusive_one() => Explore(tree =>
    {
        var cancellation = new CancellationTokenSource();
        return
        [
            tree.Lock("a", Exclusive),
            tree.LockUnlessCancelled("a/b", Shared, cancellation.Token),
            Then(cancellation.Cancel, tree.Lock("a", Exclusive)),
        ];
    });

    [Fact]
    public void Strangers_are_in_the_way_for_a_while() =>
        Explore(tree => [tree.Lock("a", Shared), tree.Lock("a", Exclusive)], strangers: ns => ns.IsRoot ? 1 : 2);

    [Fact]
    public void Strangers_are_in_the_way_of_who_asks_once() =>
        Explore(tree => [tree.TryLock("a", Shared), tree.TryLock("a", Shared), tree.Lock("a", Exclusive)], strangers: ns => ns.IsRoot ? 1 : 0);

    private static Action Then(Action first, Action second) => first + second;

    private void Explore(Func<TreeUnderTest, Action[]> threads, Func<BackupNamespace, int>? strangers = null) =>
        Explore(threads, MostInterruptions, strangers);

    private void Explore(Func<TreeUnderTest, Action[]> threads, int mostInterruptions, Func<BackupNamespace, int>? strangers = null)
    {
        var orders = Explorer.Explore(
            () =>
            {
                var tree = new TreeUnderTest(strangers);
                return new(threads(tree), tree.AssertIsIdle);
            },
            mostInterruptions);
        output.WriteLine($"{orders} orders.");
        // It was a test of something.
        Assert.InRange(orders, 10, int.MaxValue);
    }
}
