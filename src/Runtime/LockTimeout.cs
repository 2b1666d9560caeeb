namespace NamespaceLocking;

/// <summary>What a caller may say of how long to wait.</summary>
internal static class LockTimeout
{
    internal static TimeSpan Validate(TimeSpan timeout) =>
        timeout >= TimeSpan.Zero || timeout == Timeout.InfiniteTimeSpan
            ? timeout
            : throw new ArgumentOutOfRangeException(
                nameof(timeout), timeout, "A timeout is zero (one try), positive, or Timeout.InfiniteTimeSpan.");
}
