using System.Diagnostics.CodeAnalysis;

namespace NamespaceLocking;

/// <summary>A provider's answer to a request: what was granted, or where it was refused.</summary>
public readonly struct LockResult
{
    private LockResult(LockLease? lease, BackupNamespace? conflict)
    {
        Lease = lease;
        ConflictingNamespace = conflict;
    }

    /// <summary>Whether the request was granted.</summary>
    [MemberNotNullWhen(true, nameof(Lease))]
    [MemberNotNullWhen(false, nameof(ConflictingNamespace))]
    public bool IsGranted => Lease is not null;

    /// <summary>What gives the locks back; null where the request was refused.</summary>
    public LockLease? Lease { get; }

    /// <summary>The level that somebody else holds; null where the request was granted.</summary>
    public BackupNamespace? ConflictingNamespace { get; }

    /// <summary>The whole request is granted and held from now on.</summary>
    public static LockResult Granted(LockLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return new(lease, null);
    }

    /// <summary>The request is refused and nothing is held.</summary>
    /// <param name="conflict">The level that somebody else holds.</param>
    public static LockResult Refused(BackupNamespace conflict)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        return new(null, conflict);
    }
}
