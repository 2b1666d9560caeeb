namespace NamespaceLocking;

/// <summary>
/// Data that a namespace's lock protects: reading takes a shared lock, writing (assignment, <c>ref</c>, <c>out</c>) an exclusive
/// one. The object's own construction is exempt.
/// </summary>
/// <remarks>Paths are written as <see cref="AcquiresLockAttribute"/> describes.</remarks>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class GuardedByAttribute : Attribute
{
    /// <summary>The lock on the namespace at the path <paramref name="ns"/> protects the data.</summary>
    public GuardedByAttribute(string ns) => Namespace = ns;

    /// <summary>The path to the namespace.</summary>
    public string Namespace { get; }

    /// <summary>The path to the store whose lock it is; where nothing is said, any store's will do.</summary>
    public string? Store { get; set; }
}
