namespace NamespaceLocking.Exploration;

/// <summary>The explorer finds mistakes where there are some.</summary>
public class ExplorerTests
{
    [Fact]
    public void It_runs_all_orders_of_two_threads_of_two_steps() =>
        // Each starts, and stops twice on its way; without interruptions the one or the other is first.
        Assert.Equal(2, Explorer.Explore(() => new([Step, Step], () => { }), mostInterruptions: 0));

    [Fact]
    public void It_finds_an_update_that_is_lost()
    {
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Explorer.Explore(
            () =>
            {
                var value = 0;
                return new([Increment, Increment], () => Assert.Equal(2, value));

                void Increment()
                {
                    var read = Volatile.Read(ref value);
                    Volatile.Write(ref value, read + 1);
                }
            },
            mostInterruptions: 1));
    }

    [Fact]
    public void It_finds_a_deadlock()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Explorer.Explore(
            () =>
            {
                var (left, right) = (new Lock(), new Lock());
                return new([() => EnterBoth(left, right), () => EnterBoth(right, left)], () => { });
            },
            mostInterruptions: 1));
        Assert.Contains("No thread can go on", error.Message);

        static void EnterBoth(Lock first, Lock second)
        {
            lock (first)
            {
                lock (second)
                    Explorer.MaySwitch();
            }
        }
    }

    [Fact]
    public void It_finds_a_wake_up_that_is_lost()
    {
        Assert.Throws<InvalidOperationException>(() => Explorer.Explore(
            () =>
            {
                var (isDone, isWaiting, signal) = (0, 0, new SemaphoreSlim(0));
                return new([Wait, Finish], () => { });

                void Wait()
                {
                    if (Volatile.Read(ref isDone) == 1)
                        return;
                    // Here the other one may finish, and finds nobody who waits.
                    Volatile.Write(ref isWaiting, 1);
                    signal.Wait(Timeout.InfiniteTimeSpan, default);
                }

                void Finish()
                {
                    Volatile.Write(ref isDone, 1);
                    if (Volatile.Read(ref isWaiting) == 1)
                        signal.Release();
                }
            },
            mostInterruptions: 1));
    }

    private static void Step()
    {
        Explorer.MaySwitch();
        Explorer.MaySwitch();
    }
}
