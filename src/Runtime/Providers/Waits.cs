namespace NamespaceLocking;

internal static class Waits
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>The runtime's own waits refuse more than some 24 days; who asks for that means "for ever".</summary>
    internal static TimeSpan Clamp(TimeSpan timeout) => timeout > Longest ? Timeout.InfiniteTimeSpan : timeout;
}
