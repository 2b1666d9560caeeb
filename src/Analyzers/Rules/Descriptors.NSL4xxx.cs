using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Rules;

/// <content>Annotations.</content>
internal static partial class Descriptors
{
    private const string Annotations = "NamespaceLocking.Annotations";

    public static readonly DiagnosticDescriptor NSL4006PromiseBroken = Rule(
        "NSL4006",
        "The body does not acquire what the member's [AcquiresLock] promises",
        "The member promises a guard that holds {0}, and the guard returned here {1}: acquire what is promised, or promise what is acquired",
        Annotations,
        "Callers are checked against the promise, so a guard that holds less leaves them without a lock and without a warning.");
}
