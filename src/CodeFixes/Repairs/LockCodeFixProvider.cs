using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace NamespaceLocking.CodeFixes.Repairs;

/// <summary>Offers the ways to mend a diagnostic.</summary>
/// <remarks>Each is tried out before: nobody is offered a fix that does nothing or does not compile.</remarks>
public abstract class LockCodeFixProvider : CodeFixProvider
{
    /// <summary>All ways that there are; each has a key of its own.</summary>
    private protected abstract ImmutableArray<Repair> Repairs { get; }

    /// <summary>The order in which they are offered for one diagnostic.</summary>
    private protected virtual IEnumerable<Repair> Order(RepairContext context) => Repairs;

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => RepairAll.Provider(Repairs, FixableDiagnosticIds);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var place = await RepairContext.CreateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if (place is null)
                continue;
            foreach (var repair in Order(place))
            {
                if (await repair.TryAsync(place).ConfigureAwait(false) is { } mended)
                {
                    var changed = context.Document.WithSyntaxRoot(mended.Root);
                    context.RegisterCodeFix(CodeAction.Create(mended.Title, _ => Task.FromResult(changed), repair.Key), diagnostic);
                }
            }
        }
    }
}
