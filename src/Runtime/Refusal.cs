using System.Globalization;

namespace NamespaceLocking;

/// <summary>Words for a lock that was not granted in time.</summary>
internal static class Refusal
{
    private const string HowToWait = "pass a timeout";

    /// <summary>The end of the message: how long was waited, who is in the way, and what to do.</summary>
    /// <param name="where">What is locked by others.</param>
    /// <param name="timeout">How long was waited.</param>
    /// <param name="holders">The others.</param>
    /// <param name="howToWait">What is to be done so that it waits.</param>
    internal static string Describe(string where, TimeSpan timeout, IReadOnlyList<LockHolder> holders, string howToWait = HowToWait)
    {
        var wait = timeout == TimeSpan.Zero ? "at once" : $"within {timeout.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture)} s";
        var who = holders.Count == 0 ? "a holder who could not be made out, or is gone by now" : string.Join("; ", holders);
        return $"{wait}, as {where} is locked by {who}. {NextStep(timeout, holders, howToWait)}";
    }

    private static string NextStep(TimeSpan timeout, IReadOnlyList<LockHolder> holders, string howToWait) =>
        holders.Any(holder => holder.ProcessId == Environment.ProcessId)
            ? "If it is this very task that holds it, hand its guard on, as locks are not re-entrant; otherwise "
                + (timeout == TimeSpan.Zero ? $"{howToWait} to wait for it." : "let the holder end, or wait for longer.")
            : timeout == TimeSpan.Zero ? $"Try again when the holder is done, or {howToWait} to wait for it."
            : "Let the holder end, or wait for longer.";
}
