namespace NamespaceLocking;

/// <summary>What the guard that a member hands out holds: returned, in a task, in a tuple, or by <c>out</c>.</summary>
/// <remarks>
/// A path, here and in the other annotations, is <c>this</c>, a parameter's name, or either followed by members:
/// <c>ns</c>, <c>this.Namespace</c>, <c>group.Namespace</c>. It may also begin with a type, for a static member
/// (<c>BackupNamespace.Root</c>); a bare member name means <c>this.</c> and that member.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, AllowMultiple = true)]
public sealed class AcquiresLockAttribute : Attribute
{
    /// <summary>States that the guard holds <paramref name="mode"/> on the namespace at the path <paramref name="ns"/>.</summary>
    public AcquiresLockAttribute(LockMode mode, string ns)
    {
        Mode = mode;
        Namespace = ns;
    }

    /// <summary>How the guard holds the namespace.</summary>
    public LockMode Mode { get; }

    /// <summary>The path to the namespace.</summary>
    public string Namespace { get; }

    /// <summary>The path to the store whose lock it is; "this" where nothing is said and the member is not static.</summary>
    public string? Store { get; set; }
}
