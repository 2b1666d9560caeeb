namespace NamespaceLocking;

/// <summary>How an attempt to take a chain of levels ended.</summary>
/// <param name="RefusedAt">The level in conflict; null where the attempt was granted.</param>
/// <param name="IsByStranger">Whether another process is in the way, whose release nobody will tell of.</param>
/// <param name="IsRootNew">Whether the chain was taken up to the root, rather than up to a level that this process held already.</param>
internal readonly record struct Attempt(LockNode? RefusedAt, bool IsByStranger = false, bool IsRootNew = false)
{
    internal bool IsGranted => RefusedAt is null;
}
