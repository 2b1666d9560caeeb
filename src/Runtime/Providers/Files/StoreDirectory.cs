namespace NamespaceLocking;

/// <summary>The directory of a store, kept open to look up the lock files in it without walking down from the top.</summary>
internal sealed class StoreDirectory
{
    private sealed record Opened(LibC.Descriptor Descriptor, FileIdentity Identity);

    private Opened? _opened;

    /// <summary>Null before the root's lock file was opened. Closed when it is collected.</summary>
    internal LibC.Descriptor? Descriptor => Volatile.Read(ref _opened)?.Descriptor;

    /// <summary>Says what was found in the store's place.</summary>
    /// <returns>Whether the descriptor is kept; otherwise it is the caller's to close.</returns>
    internal bool Offer(LibC.Descriptor found, FileIdentity identity)
    {
        if (Volatile.Read(ref _opened)?.Identity == identity)
            return false;
        Volatile.Write(ref _opened, new(found, identity));
        return true;
    }
}
