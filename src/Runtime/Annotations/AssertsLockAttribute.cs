namespace NamespaceLocking;

/// <summary>A run-time check: once it has returned, the lock is known to be held.</summary>
/// <remarks>Paths are written as <see cref="AcquiresLockAttribute"/> describes.</remarks>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AssertsLockAttribute : Attribute
{
    /// <summary>The member throws unless <paramref name="mode"/> is held on the namespace at the path <paramref name="ns"/>.</summary>
    public AssertsLockAttribute(LockMode mode, string ns)
    {
        Mode = mode;
        Namespace = ns;
    }

    /// <summary>The mode that is known to be held.</summary>
    public LockMode Mode { get; }

    /// <summary>The path to the namespace.</summary>
    public string Namespace { get; }

    /// <summary>The path to the store whose lock it is; where nothing is said, the store is unknown.</summary>
    public string? Store { get; set; }
}
