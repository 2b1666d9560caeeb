namespace NamespaceLocking.Tool;

/// <summary>A flock on a lock file, or a request for one that waits in the kernel.</summary>
/// <param name="Store">The store.</param>
/// <param name="Name">The namespace.</param>
/// <param name="File">The path of its lock file.</param>
/// <param name="Mode">How it is held or wanted.</param>
/// <param name="IsWaiting">Whether it is wanted only.</param>
/// <param name="Holder">Who took it, or asks for it.</param>
/// <param name="Backup">The group, snapshot or manifest in the namespace; null where it is the namespace itself.</param>
internal sealed record HeldLock(
    string Store, LockName Name, string File, LockMode Mode, bool IsWaiting, HolderProcess Holder, BackupName? Backup = null);
