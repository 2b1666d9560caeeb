namespace NamespaceLocking.Tests;

/// <summary>One call in a history: between two numbers of a counter that all threads raise, it took effect at one moment.</summary>
/// <param name="Start">Taken before the call.</param>
/// <param name="End">Taken after it.</param>
/// <param name="Hold">What it asked for, or gave back.</param>
/// <param name="Kind">What it was.</param>
internal sealed record Operation(long Start, long End, Hold Hold, OperationKind Kind);

internal enum OperationKind
{
    Granted,
    Refused,
    Released,
}

/// <summary>What an acquisition asks for. Two of the same are two: they are told apart by reference.</summary>
internal sealed class Hold(BackupNamespace first, BackupNamespace? second, LockMode mode)
{
    internal BackupNamespace First => first;
    internal BackupNamespace? Second => second;
    internal LockMode Mode => mode;

    /// <summary>By the definition: an exclusive hold is alone at its namespaces and below them.</summary>
    internal bool RulesOut(Hold other) =>
        (mode == LockMode.Exclusive && Namespaces.Any(ns => other.Namespaces.Any(ns.Contains)))
        || (other.Mode == LockMode.Exclusive && other.Namespaces.Any(ns => Namespaces.Any(ns.Contains)));

    private IEnumerable<BackupNamespace> Namespaces => second is null ? [first] : [first, second];
}
