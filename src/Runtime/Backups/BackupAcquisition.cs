namespace NamespaceLocking;

/// <summary>What a guard holds and where it was acquired, while it is held. There is one only where places are captured.</summary>
internal sealed class BackupAcquisition((string Store, BackupLockTarget Target) key, LockMode mode, string? place)
{
    internal string? Place => place;

    /// <summary>Itself as a holder that is in the way; null where it is not.</summary>
    internal LockHolder? AsHolderOf((string Store, BackupLockTarget Target) wanted, LockMode wantedMode) =>
        key == wanted && (mode == LockMode.Exclusive || wantedMode == LockMode.Exclusive) ? LockHolder.OfThisProcess(place, mode) : null;
}
