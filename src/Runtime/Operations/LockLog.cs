using Microsoft.Extensions.Logging;

namespace NamespaceLocking;

/// <summary>What is written to the log.</summary>
internal static partial class LockLog
{
    [LoggerMessage(
        EventId = 1, EventName = "GuardLeaked", Level = LogLevel.Error,
        Message = "Store '{Store}': the guard of the {Mode} lock on '{Namespace}' was collected without having been disposed, and its lock is "
            + "given back now. {Place}. Dispose every guard, by a using statement where possible.")]
    internal static partial void GuardLeaked(this ILogger logger, string store, string mode, BackupNamespace @namespace, string place);

    [LoggerMessage(
        EventId = 2, EventName = "Refused", Level = LogLevel.Debug,
        Message = "Store '{Store}': no {Mode} lock on '{Namespace}', as '{ConflictingNamespace}' is held by somebody else.")]
    internal static partial void Refused(
        this ILogger logger, string store, string mode, BackupNamespace @namespace, BackupNamespace conflictingNamespace);

    [LoggerMessage(
        EventId = 3, EventName = "BackupGuardLeaked", Level = LogLevel.Error,
        Message = "Store '{Store}': the guard of the {Mode} lock on {Target} was collected without having been disposed, and its lock is "
            + "given back now. {Place}. Dispose every guard, by a using statement where possible.")]
    internal static partial void BackupGuardLeaked(this ILogger logger, string store, string mode, BackupLockTarget target, string place);

    [LoggerMessage(
        EventId = 4, EventName = "BackupRefused", Level = LogLevel.Debug,
        Message = "Store '{Store}': no {Mode} lock on {Target}, as it is held by somebody else.")]
    internal static partial void BackupRefused(this ILogger logger, string store, string mode, BackupLockTarget target);

    /// <summary>Where a guard was acquired, for the report that it was never disposed.</summary>
    internal static string Describe(string? place) =>
        place is not null ? $"It was acquired by {place}" : $"Set {nameof(NamespaceLockOptions.CaptureAcquisitionPlaces)} to learn where it was acquired";
}
