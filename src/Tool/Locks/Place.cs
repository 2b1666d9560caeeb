namespace NamespaceLocking.Tool;

/// <summary>Something below the lock directory.</summary>
/// <param name="Kind">What it is to the locks.</param>
/// <param name="Path">Where.</param>
/// <param name="Status">What it is to the kernel.</param>
/// <param name="Store">The store that it belongs to, or would.</param>
/// <param name="Name">The namespace that it belongs to, if it does.</param>
/// <param name="Backup">The group, snapshot or manifest in it whose lock file it is, if it is.</param>
internal sealed record Place(PlaceKind Kind, string Path, FileStatus Status, string Store, LockName? Name, BackupName? Backup = null);

internal enum PlaceKind
{
    /// <summary>A directory of a store, of a namespace, or for the long names.</summary>
    Directory,

    /// <summary>Of a namespace, a group, a snapshot or a manifest.</summary>
    LockFile,

    /// <summary>Something else where a directory or a lock file belongs.</summary>
    InTheWay,

    /// <summary>Nothing that locks use.</summary>
    Unknown,

    /// <summary>A directory that could not be listed.</summary>
    Unreadable,
}
