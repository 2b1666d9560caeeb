using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.Acquiring;

/// <summary>Finds the members of a type that acquire: by their annotations, never by their names.</summary>
/// <param name="position">Where the call is to stand.</param>
/// <param name="allowsAwait">Whether it can be awaited there.</param>
internal sealed class AcquiringMembers(RepairContext context, int position, bool allowsAwait)
{
    /// <summary>A member that calls itself would never get to its own lock.</summary>
    private readonly ISymbol? _caller = context.Model.GetEnclosingSymbol(position, context.CancellationToken);

    /// <summary>The calls that together acquire the needs, one for all where the type has it; null where it has none for one of them.</summary>
    /// <param name="type">The type whose members are looked at; null for what can be called without a receiver.</param>
    public IReadOnlyList<AcquiringCall>? Find(ITypeSymbol? type, IReadOnlyList<LockNeed> needs)
    {
        var members = MembersOf(type);
        if (members.Count == 0)
            return null;
        if (Best(members, needs) is { } together)
            return [together];
        var calls = needs.Select(need => Best(members, [need])).OfType<AcquiringCall>().ToList();
        return calls.Count == needs.Count ? calls : null;
    }

    /// <summary>All that acquire, whatever it is.</summary>
    /// <param name="type">The type whose members are looked at; null for what can be called without a receiver.</param>
    public List<IMethodSymbol> MembersOf(ITypeSymbol? type) => [.. (type is null
            ? context.Model.LookupSymbols(position)
            : context.Model.LookupSymbols(position, type, includeReducedExtensionMethods: true))
        .OfType<IMethodSymbol>()
        .Where(method => (type is null || !method.IsStatic || method.ReducedFrom is not null)
            && !method.IsGenericMethod
            && !SymbolEqualityComparer.Default.Equals(method, _caller)
            && !context.Annotations.Of(method).Acquires.IsEmpty)];

    /// <summary>The awaited one in asynchronous code; of overloads, the one with the fewest parameters.</summary>
    private AcquiringCall? Best(List<IMethodSymbol> members, IReadOnlyList<LockNeed> needs) => members
        .Select(method => Match(method, needs))
        .OfType<AcquiringCall>()
        .Where(call => allowsAwait || !call.IsTask)
        .OrderByDescending(call => call.IsTask)
        .ThenBy(call => call.Method.Parameters.Length)
        .FirstOrDefault();

    private AcquiringCall? Match(IMethodSymbol method, IReadOnlyList<LockNeed> needs)
    {
        var terms = context.Annotations.Of(method).Acquires;
        var guard = context.Known.TaskResult(method.ReturnType) ?? method.ReturnType;
        if (terms.Length != needs.Count || !context.Known.IsGuard(guard) || guard.NullableAnnotation == NullableAnnotation.Annotated)
            return null;
        // A reduced extension method's annotations count its receiver.
        var shift = method.ReducedFrom is null ? 0 : 1;
        var parameters = terms
            .Select(term => term.Namespace is { Root: PathRoot.Parameter, Members.IsEmpty: true } path ? path.Parameter - shift : -1)
            .ToList();
        if (!terms.Select(term => term.Mode).SequenceEqual(needs.Select(need => need.Mode))
            || parameters.Distinct().Count() != parameters.Count
            || parameters.Any(ordinal => ordinal < 0 || !context.Known.IsNamespace(method.Parameters[ordinal].Type))
            || method.Parameters.Any(parameter => !parameters.Contains(parameter.Ordinal) && !parameter.IsOptional && !parameter.IsParams))
        {
            return null;
        }

        return new AcquiringCall(method, needs, parameters, guard, context.Known.TaskResult(method.ReturnType) is not null);
    }
}
