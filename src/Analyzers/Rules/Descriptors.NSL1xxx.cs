using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Rules;

/// <content>Operations without their lock.</content>
internal static partial class Descriptors
{
    private const string Locking = "NamespaceLocking.Locking";

    public static readonly DiagnosticDescriptor NSL1001LockRequired = Rule(
        "NSL1001",
        "The operation requires a namespace lock, and no guard is held",
        "'{0}' requires {1}, and no guard is held: acquire one before it, or require it of callers with [RequiresLock]",
        Locking,
        "Without a guard the namespace may be moved or deleted while the operation reads or writes in it.");

    public static readonly DiagnosticDescriptor NSL1002ExclusiveLockRequired = Rule(
        "NSL1002",
        "The operation requires an exclusive lock, and only a shared one is held",
        "'{0}' requires {1}, and {2}: acquire it exclusively in the first place, a lock is never upgraded",
        Locking,
        "Under a shared guard others may read and write in the namespace that the operation moves or deletes.");

    public static readonly DiagnosticDescriptor NSL1003LockHeldElsewhere = Rule(
        "NSL1003",
        "The guard held is on another namespace or another store",
        "'{0}' requires {1}, and {2}: it does not cover that namespace of that store",
        Locking,
        "A guard covers its own namespace and, shared, those above it; an exclusive one also those below it; never another store's.");

    public static readonly DiagnosticDescriptor NSL1004GuardReleased = Rule(
        "NSL1004",
        "The guard was released before the operation",
        "'{0}' requires {1}, and {2} was released before it: let the guard live to the end of the work",
        Locking,
        "Once the guard is released the namespace may be moved or deleted at any moment.");

    public static readonly DiagnosticDescriptor NSL1005GuardOnSomePaths = Rule(
        "NSL1005",
        "A guard is held on some paths to the operation only",
        "'{0}' requires {1}, which {2} on some paths to here only: acquire it on every path, and test the result of a Try for null",
        Locking,
        "On the other paths (a branch that does not acquire, a Try that answered null) the operation runs without its lock.");

    public static readonly DiagnosticDescriptor NSL1006WorkOutlivesGuard = Rule(
        "NSL1006",
        "Work that needs the guard can outlive it",
        "'{0}' is handed on, and may still need {1} when that has ended: await it, or make the sequence a list, while the guard is held",
        Locking,
        "A task that nobody awaits, a sequence that is enumerated later and a lambda that is stored run when the guard is gone.");
}
