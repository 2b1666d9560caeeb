using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Rules;

/// <content>The lifetime of guards.</content>
internal static partial class Descriptors
{
    private const string Lifetime = "NamespaceLocking.Lifetime";

    public static readonly DiagnosticDescriptor NSL2001GuardDropped = Rule(
        "NSL2001",
        "The guard is dropped where it is acquired",
        "{0} is dropped here, and nothing protects what follows: keep it with 'using var'",
        Lifetime,
        "Nobody can dispose a guard that nobody has: the lock is released whenever the garbage collector comes by, or never.");

    public static readonly DiagnosticDescriptor NSL2002GuardNeverDisposed = Rule(
        "NSL2002",
        "The guard is never disposed",
        "{0} is {1}",
        Lifetime,
        "A guard that is not disposed holds its lock until the garbage collector finalizes it: during the work, or long after it.");

    public static readonly DiagnosticDescriptor NSL2003GuardNotAlwaysDisposed = Rule(
        "NSL2003",
        "The guard is disposed on some paths only",
        "{0} is not disposed {1}",
        Lifetime,
        "An early return or an exception leaves the lock held until the garbage collector comes by.");

    public static readonly DiagnosticDescriptor NSL2004GuardOverwritten = Rule(
        "NSL2004",
        "The variable is overwritten while its guard is held",
        "'{0}' still has a guard{1} that is not disposed, and is overwritten here: dispose that first, or use another variable",
        Lifetime,
        "The guard that the variable had cannot be disposed any more, and its lock stays held.");

    public static readonly DiagnosticDescriptor NSL2005GuardStoredUndisposed = Rule(
        "NSL2005",
        "The guard is stored where nothing disposes it",
        "A guard{1} is stored in '{0}', where nothing disposes it: let its owner dispose it, or keep the guard in a 'using var'",
        Lifetime,
        "A guard in a field, a collection or a captured variable that nobody disposes keeps its lock until the garbage collector comes by.");

    public static readonly DiagnosticDescriptor NSL2006LentGuardDisposed = Rule(
        "NSL2006",
        "A guard that was only lent is disposed",
        "'{0}' was only lent, and its owner may still need it: leave it open, or say [TakesOwnership] where it is handed in",
        Lifetime,
        "Whoever lent the guard goes on working in the namespace, without its lock.");
}
