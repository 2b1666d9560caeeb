using Microsoft.CodeAnalysis;
using NamespaceLocking.CodeFixes.Writing;

namespace NamespaceLocking.CodeFixes.Repairs;

/// <summary>One way to mend a diagnostic.</summary>
internal abstract class Repair(string key)
{
    /// <summary>Each proposal that is tried costs a look at the changed body, while somebody waits for the light bulb.</summary>
    private const int MostProposals = 6;

    /// <summary>The equivalence key: Fix All applies the repairs that have the same one.</summary>
    public string Key => key;

    /// <summary>What the document could become, the best first. Lazy: the first one that mends is taken.</summary>
    protected abstract IEnumerable<Proposal> Propose(RepairContext context);

    /// <summary>The first proposal that compiles, mends, and breaks nothing else; null where there is none.</summary>
    public async Task<Proposal?> TryAsync(RepairContext context)
    {
        foreach (var proposal in Propose(context).Take(MostProposals))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (await context.IsMendedByAsync(proposal).ConfigureAwait(false))
                return proposal.Import is { } type ? proposal with { Root = UsingDirectives.Import(proposal.Root, type, context.Model, context.Node.SpanStart) } : proposal;
        }

        return null;
    }
}

/// <param name="Title">Says what it does.</param>
/// <param name="Root">The whole file, changed.</param>
/// <param name="Scope">The function in which it has to mend, where not all of the member: what callers there are told is meant.</param>
/// <param name="Import">A type that the change names in full, and that the file would rather import.</param>
internal sealed record Proposal(string Title, SyntaxNode Root, SyntaxNode? Scope = null, INamedTypeSymbol? Import = null);
