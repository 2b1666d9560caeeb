using System.Diagnostics;

namespace NamespaceLocking;

/// <summary>When to ask again for what another process holds: soon at first, then less often, and not in step with others.</summary>
internal struct Backoff(TimeSpan timeout)
{
    private const double LongestMilliseconds = 50;

    // Measured by the monotonic clock: setting the time of day neither lengthens nor shortens a wait.
    private readonly long _start = Stopwatch.GetTimestamp();
    private double _milliseconds = 1;

    /// <summary>How long to wait before the next try; false where the last one was at or after the end of the time.</summary>
    internal bool TryNext(out TimeSpan delay)
    {
        // Timers count in whole milliseconds, and half of one would be none.
        delay = TimeSpan.FromMilliseconds(Math.Max(1, _milliseconds * (0.5 + Random.Shared.NextDouble())));
        _milliseconds = Math.Min(LongestMilliseconds, _milliseconds * 2);
        if (timeout == Timeout.InfiniteTimeSpan)
            return true;
        var left = timeout - Stopwatch.GetElapsedTime(_start);
        if (left < delay)
            delay = left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
        return left > TimeSpan.Zero;
    }
}
