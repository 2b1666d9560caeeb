namespace NamespaceLocking;

/// <summary>What keeps other processes out at one level, while this process counts its own holders there.</summary>
/// <remarks>Called by one thread at a time, and locked at most once: holders of this process share it.</remarks>
internal interface ILevelLock
{
    /// <summary>Takes it, if it is free.</summary>
    /// <returns>Whether it was: false means that a stranger holds it.</returns>
    bool TryLock(LockMode mode);

    /// <summary>Gives it back. Does not throw.</summary>
    void Unlock();
}
