namespace NamespaceLocking;

/// <summary>The member disposes the guard that is handed in, or keeps it: the caller has no more to do with it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TakesOwnershipAttribute : Attribute;
