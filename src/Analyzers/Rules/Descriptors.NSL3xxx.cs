using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Rules;

/// <content>Requests that can never be granted.</content>
internal static partial class Descriptors
{
    private const string Order = "NamespaceLocking.Order";

    public static readonly DiagnosticDescriptor NSL3001ExclusiveUnderShared = Rule(
        "NSL3001",
        "An exclusive lock is asked for while a shared guard there, or below, is held",
        "{0} is asked for while {1} is held, and can never be granted: acquire it exclusively in the first place, or release that guard first",
        Order,
        "Locks are not re-entrant and are not upgraded: the request waits for a guard that its own code holds.");

    public static readonly DiagnosticDescriptor NSL3002RuledOutByExclusive = Rule(
        "NSL3002",
        "A lock is asked for that an exclusive guard already held rules out",
        "{0} is asked for while {1} is held, and can never be granted: that guard covers the work already, or must be released first",
        Order,
        "Locks are not re-entrant: an exclusive guard keeps out its own holder as it keeps out strangers.");

    public static readonly DiagnosticDescriptor NSL3003WaitUnderGuard = Rule(
        "NSL3003",
        "Waiting for one namespace while holding a guard on another",
        "{0} is waited for while {1} is held: take both in one call, or ask without a timeout",
        Order,
        "Two that wait for each other's namespace with a guard in hand never get it; one request for both waits with empty hands.");

    public static readonly DiagnosticDescriptor NSL3004CallAcquiresBelow = Rule(
        "NSL3004",
        "The call acquires, itself or further down, what a guard held here rules out",
        "'{0}' acquires {1}, itself or further down, while {2} is held, and can never get it: release that guard before the call",
        Order,
        "Locks are not re-entrant: the callee waits for a guard that its own caller holds.");
}
