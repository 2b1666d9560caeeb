namespace NamespaceLocking;

/// <summary>The namespace is the one named or lies below it; of a sequence, every element does.</summary>
/// <remarks>Paths are written as <see cref="AcquiresLockAttribute"/> describes.</remarks>
[AttributeUsage(AttributeTargets.ReturnValue | AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class DescendantOfAttribute : Attribute
{
    /// <summary>The value lies at or below the namespace at the path <paramref name="ns"/>.</summary>
    public DescendantOfAttribute(string ns) => Namespace = ns;

    /// <summary>The path to the upper namespace.</summary>
    public string Namespace { get; }
}
