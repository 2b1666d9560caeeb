namespace NamespaceLocking;

/// <summary>The namespace is the one named or lies above it (the root is taken as its own parent).</summary>
/// <remarks>Paths are written as <see cref="AcquiresLockAttribute"/> describes.</remarks>
[AttributeUsage(AttributeTargets.ReturnValue | AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class AncestorOfAttribute : Attribute
{
    /// <summary>The value lies at or above the namespace at the path <paramref name="ns"/>.</summary>
    public AncestorOfAttribute(string ns) => Namespace = ns;

    /// <summary>The path to the lower namespace.</summary>
    public string Namespace { get; }
}
