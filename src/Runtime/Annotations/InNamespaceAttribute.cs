namespace NamespaceLocking;

/// <summary>The value's own namespace is the one named; of a sequence, every element's.</summary>
/// <remarks>Paths are written as <see cref="AcquiresLockAttribute"/> describes.</remarks>
[AttributeUsage(AttributeTargets.ReturnValue | AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class InNamespaceAttribute : Attribute
{
    /// <summary>The value is in the namespace at the path <paramref name="ns"/>.</summary>
    public InNamespaceAttribute(string ns) => Namespace = ns;

    /// <summary>The path to the namespace.</summary>
    public string Namespace { get; }

    /// <summary>The path to the store that the value belongs to; where nothing is said, the store is unknown.</summary>
    public string? Store { get; set; }
}
