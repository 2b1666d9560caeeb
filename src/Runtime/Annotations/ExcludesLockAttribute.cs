namespace NamespaceLocking;

/// <summary>
/// The member locks the namespace exclusively: callers must hold nothing on it or below it, and nothing exclusive above it.
/// </summary>
/// <remarks>Paths are written as <see cref="AcquiresLockAttribute"/> describes.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, AllowMultiple = true)]
public sealed class ExcludesLockAttribute : Attribute
{
    /// <summary>The member locks the namespace at the path <paramref name="ns"/>.</summary>
    public ExcludesLockAttribute(string ns) => Namespace = ns;

    /// <summary>The path to the namespace.</summary>
    public string Namespace { get; }

    /// <summary>The path to the store whose lock it is; where nothing is said, any store's counts.</summary>
    public string? Store { get; set; }
}
