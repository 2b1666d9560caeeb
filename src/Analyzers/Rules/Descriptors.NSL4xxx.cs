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
        "'{0}' {1} {2}, and '{3}' {4}: callers that know the latter are not told, so say the same at both",
        Declarations,
        "Callers go by what the base or the interface says: an override may ask for less and promise more, never the other way round.");

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
        "The member promises a guard that holds {0}, and the guard returned here {1}: acquire what is promised, or promise what is acquired",
        Declarations,
        "Callers are checked against the promise, so a guard that holds less leaves them without a lock and without a warning.");
}
