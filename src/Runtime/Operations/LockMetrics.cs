using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace NamespaceLocking;

/// <summary>The instruments of the meter <c>NamespaceLocking</c>. Where nobody listens, nothing is measured.</summary>
internal static class LockMetrics
{
    internal const string MeterName = "NamespaceLocking";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Acquisitions = Meter.CreateCounter<long>(
        "namespace_locking.acquisitions", "{acquisition}", "Requests, by mode and outcome: granted, refused, cancelled, failed.");

    private static readonly Histogram<double> WaitTime = Meter.CreateHistogram<double>(
        "namespace_locking.wait.duration", "s", "How long a request took, whatever its outcome.");

    private static readonly Histogram<double> HoldTime = Meter.CreateHistogram<double>(
        "namespace_locking.hold.duration", "s", "How long a guard held its lock.");

    private static readonly UpDownCounter<long> Held = Meter.CreateUpDownCounter<long>(
        "namespace_locking.held", "{guard}", "Guards that are held now, as far as they were acquired since somebody listens.");

    private static readonly Counter<long> Leaks = Meter.CreateCounter<long>(
        "namespace_locking.leaks", "{guard}", "Guards that were collected without having been disposed.");

    internal static bool AreRequestsMeasured => Acquisitions.Enabled || WaitTime.Enabled;

    internal static bool AreHoldsMeasured => HoldTime.Enabled || Held.Enabled;

    internal static void EndRequest(in LockRequest request, string outcome, long start)
    {
        KeyValuePair<string, object?> outcomeTag = new("outcome", outcome);
        Acquisitions.Add(1, StoreTag(request.Store), ModeTag(request.Mode), outcomeTag);
        WaitTime.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, StoreTag(request.Store), ModeTag(request.Mode), outcomeTag);
    }

    internal static void StartHold(string store, LockMode mode) => Held.Add(1, StoreTag(store), ModeTag(mode));

    internal static void EndHold(string store, LockMode mode, long start)
    {
        Held.Add(-1, StoreTag(store), ModeTag(mode));
        HoldTime.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, StoreTag(store), ModeTag(mode));
    }

    internal static void CountLeak(string store, LockMode mode) => Leaks.Add(1, StoreTag(store), ModeTag(mode));

    /// <summary>As tags and log messages have it.</summary>
    internal static string NameOf(LockMode mode) => mode == LockMode.Shared ? "shared" : "exclusive";

    private static KeyValuePair<string, object?> StoreTag(string store) => new("store", store);

    private static KeyValuePair<string, object?> ModeTag(LockMode mode) => new("mode", NameOf(mode));
}
