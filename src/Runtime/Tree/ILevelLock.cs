namespace NamespaceLocking;

/// <summary>What keeps other processes out at one level, while this process counts its own holders there.</summary>
/// <remarks>Called by one thread at a time, and locked at most once: holders of this process share it.</remarks>
internal interface ILevelLock
{
    /// <summary>Takes it, if it is free.</summary>
    /// <returns>Whether it was: false means that a stranger holds it.</returns>
    bool TryLock(LockMode mode);

    /// <summary>
    /// Makes sure, once all levels above are held, that it is the lock that others take, and takes that one where it is not.
    /// </summary>
    /// <param name="mode">As it was locked.</param>
    /// <param name="isRootNew">Whether all levels above, up to the root, were taken and made sure of a moment ago.</param>
    /// <returns>Whether it is held: false means that a stranger holds the right one.</returns>
    bool Confirm(LockMode mode, bool isRootNew);

    /// <summary>Gives it back, if it is locked. Does not throw.</summary>
    void Unlock();
}
