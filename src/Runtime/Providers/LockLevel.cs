namespace NamespaceLocking;

/// <summary>One of the locks that make up a request: a namespace, and how it is to be held.</summary>
/// <param name="Namespace">The namespace on the way up.</param>
/// <param name="Mode">Exclusive where it was asked for exclusively, shared on the ancestors.</param>
public readonly record struct LockLevel(BackupNamespace Namespace, LockMode Mode);
