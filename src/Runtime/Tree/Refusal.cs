namespace NamespaceLocking;

/// <summary>Where an attempt was refused; the default says that it was not.</summary>
/// <param name="Node">The level in conflict; null where the attempt was granted.</param>
/// <param name="IsByStranger">Whether another process is in the way, whose release nobody will tell of.</param>
internal readonly record struct Refusal(LockNode? Node, bool IsByStranger = false)
{
    internal bool IsNone => Node is null;
}
