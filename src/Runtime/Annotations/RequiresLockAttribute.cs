namespace NamespaceLocking;

/// <summary>What callers must hold for as long as the member runs; on a guard parameter, what the guard handed in must hold.</summary>
/// <remarks>Paths are written as <see cref="AcquiresLockAttribute"/> describes.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Delegate | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class RequiresLockAttribute : Attribute
{
    /// <summary>On the one parameter that is a namespace or, where there is none, on <c>this.Namespace</c>.</summary>
    public RequiresLockAttribute(LockMode mode) => Mode = mode;

    /// <summary>Requires <paramref name="mode"/> on the namespace at the path <paramref name="ns"/>.</summary>
    public RequiresLockAttribute(LockMode mode, string ns)
    {
        Mode = mode;
        Namespace = ns;
    }

    /// <summary>The weakest mode that will do.</summary>
    public LockMode Mode { get; }

    /// <summary>The path to the namespace; null where the annotation leaves it to the only candidate.</summary>
    public string? Namespace { get; }

    /// <summary>The path to the store whose lock it is; where nothing is said, any store's will do.</summary>
    public string? Store { get; set; }
}
