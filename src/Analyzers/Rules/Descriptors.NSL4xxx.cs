using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Rules;

/// <content>What declarations say of locks.</content>
internal static partial class Descriptors
{
    private const string Declarations = "NamespaceLocking.Declarations";

    public static readonly DiagnosticDescriptor NSL4001AnnotationNamesNothing = Rule(
        "NSL4001",
        "The annotation names what is not there, or is not a namespace or store",
        "'{0}' {1}: {2}",
        Declarations,
        "What cannot be found says nothing: the analyzers take the member as if the annotation were not there.");

    public static readonly DiagnosticDescriptor NSL4002OverrideChangesContract = Rule(
        "NSL4002",
        "An override or implementation asks for more than what it overrides, or promises less",
        "'{0}' {1}, and '{2}', which callers go by, {3}: say the same at both",
        Declarations,
        "Callers go by what the base or the interface says: an override may ask for less and promise more, never the other way round.");

    public static readonly DiagnosticDescriptor NSL4003RequirementLost = Rule(
        "NSL4003",
        "A method or lambda that requires a lock is turned into a delegate whose type does not",
        "{0} requires {1}, and the delegate type '{2}' does not say so: put [RequiresLock] on a delegate type of your own, or call it in a lambda that holds the lock",
        Declarations,
        "Who calls the delegate sees its type only, and is not asked for the lock.");

    public static readonly DiagnosticDescriptor NSL4004NoGuardThere = Rule(
        "NSL4004",
        "[LockGuard] on a type that cannot be disposed, or [AcquiresLock] on a member that hands out no guard",
        "[{0}] is on '{1}', which {2}: {3}",
        Declarations,
        "A lock is held by a guard, from where it is handed out to where it is disposed.");

    public static readonly DiagnosticDescriptor NSL4005HandsOutUnstatedGuard = Rule(
        "NSL4005",
        "A member hands out a namespace guard and does not say what it holds",
        "'{0}' hands out a '{1}' {2}: say what it holds with {3}",
        Declarations,
        "Callers of a member that does not say what its guard holds can rely on a shared lock on the guard's own namespace, and on nothing more.");

    public static readonly DiagnosticDescriptor NSL4006PromiseBroken = Rule(
        "NSL4006",
        "The body does not acquire what the member's [AcquiresLock] promises",
        "The member promises a guard that holds {0}, and the guard {1}: acquire what is promised, or promise what is acquired",
        Declarations,
        "Callers are checked against the promise, so a guard that holds less leaves them without a lock and without a warning.");
}
