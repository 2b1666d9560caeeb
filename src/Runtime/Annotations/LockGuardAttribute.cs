namespace NamespaceLocking;

/// <summary>Marks a disposable type whose values hold a lock until they are disposed.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class LockGuardAttribute : Attribute;
