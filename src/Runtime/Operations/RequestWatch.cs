using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace NamespaceLocking;

/// <summary>Tells those who listen how a request went.</summary>
internal readonly struct RequestWatch(ILogger? logger, LockRequest request)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    internal LockResult End(LockResult result)
    {
        LockMetrics.EndRequest(request, result.IsGranted ? "granted" : "refused", _start);
        if (!result.IsGranted)
            logger?.Refused(request.Store, LockMetrics.NameOf(request.Mode), request.Namespace, result.ConflictingNamespace);
        return result;
    }

    internal void End(Exception error) =>
        LockMetrics.EndRequest(request, error is OperationCanceledException ? "cancelled" : "failed", _start);
}
