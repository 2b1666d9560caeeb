using Microsoft.CodeAnalysis;

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
            if (await context.IsMendedByAsync(proposal.Root).ConfigureAwait(false))
                return proposal;
        }

        return null;
    }
}

/// <param name="Title">Says what it does.</param>
/// <param name="Root">The whole file, changed.</param>
internal sealed record Proposal(string Title, SyntaxNode Root);
