using System.Diagnostics;

namespace NamespaceLocking;

/// <summary>
/// How long to wait before the next try: for a signal from this process until the time is over; for another process, of which no
/// signal comes, not long at first, then longer, and not in step with others.
/// </summary>
internal struct Waits(TimeSpan timeout)
{
    private const double LongestMilliseconds = 50;

    // Measured by the monotonic clock: setting the time of day neither lengthens nor shortens a wait.
    private readonly long _start = Stopwatch.GetTimestamp();
    private double _milliseconds = 1;

    /// <summary>The runtime's own waits refuse more than some 24 days; who asks for that means "for ever".</summary>
    private readonly bool IsEndless => timeout == Timeout.InfiniteTimeSpan || timeout.TotalMilliseconds > int.MaxValue;

    /// <summary>False where the last try was at or after the end of the time.</summary>
    internal bool TryNext(bool isBlockedByStranger, out TimeSpan delay)
    {
        var left = IsEndless ? Timeout.InfiniteTimeSpan : timeout - Stopwatch.GetElapsedTime(_start);
        delay = left;
        if (isBlockedByStranger)
        {
            // Timers count in whole milliseconds, and half of one would be none.
            delay = TimeSpan.FromMilliseconds(Math.Max(1, _milliseconds * (0.5 + Random.Shared.NextDouble())));
            _milliseconds = Math.Min(LongestMilliseconds, _milliseconds * 2);
        }
        if (IsEndless)
            return true;
        if (left < delay)
            delay = left;
        if (delay < TimeSpan.FromMilliseconds(1))
            delay = TimeSpan.FromMilliseconds(1);
        return left > TimeSpan.Zero;
    }
}
