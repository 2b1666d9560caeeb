namespace NamespaceLocking;

/// <summary>How a namespace is locked. Two locks on one namespace conflict unless both are <see cref="Shared"/>.</summary>
public enum LockMode
{
    /// <summary>For reading from or writing into the namespace, beside others who do: it stays where it is.</summary>
    Shared,

    /// <summary>For changing the namespace itself (moving, deleting): nobody else is at it or below it.</summary>
    Exclusive,
}
