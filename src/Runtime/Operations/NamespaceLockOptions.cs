using Microsoft.Extensions.Logging;

namespace NamespaceLocking;

/// <summary>What a <see cref="NamespaceLockManager"/> or a <see cref="BackupLockManager"/> tells an operator.</summary>
public sealed record NamespaceLockOptions
{
    /// <summary>
    /// Whether each guard remembers where it was acquired, for the errors of those whom it keeps out and for the report of a guard
    /// that was never disposed. Off by default, as looking at the stack takes many times as long as the acquisition itself.
    /// </summary>
    public bool CaptureAcquisitionPlaces { get; init; }

    /// <summary>Who is told of guards that were never disposed (errors) and of refusals (debug messages); nobody by default.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
