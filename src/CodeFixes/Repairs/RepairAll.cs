using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace NamespaceLocking.CodeFixes.Repairs;

/// <summary>Mends all diagnostics of a document one after another, and looks again after each.</summary>
/// <remarks>
/// Merging fixes that were made side by side would acquire twice what one guard covers, and use a free name twice.
/// </remarks>
internal static class RepairAll
{
    private const string Mark = "NamespaceLocking.Repair";

    public static FixAllProvider Provider(ImmutableArray<Repair> repairs, ImmutableArray<string> ids) =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
            repairs.FirstOrDefault(repair => repair.Key == context.CodeActionEquivalenceKey) is { } repair
                ? await RepairAsync(document, diagnostics, repair, ids, context.CancellationToken).ConfigureAwait(false)
                : null);

    private static async Task<Document?> RepairAsync(
        Document document,
        ImmutableArray<Diagnostic> diagnostics,
        Repair repair,
        ImmutableArray<string> ids,
        CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
            return null;
        var places = diagnostics
            .Select(diagnostic => root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true))
            .Distinct()
            .ToList();
        var members = places.Select(RepairContext.MemberOf).Distinct().ToList();
        var marked = root.ReplaceNodes(places.Concat(members).Distinct(), (old, now) => now.WithAdditionalAnnotations(MarksOf(old)));
        document = document.WithSyntaxRoot(marked);
        for (var i = 0; i < members.Count; i++)
            document = await RepairMemberAsync(document, i, repair, ids, cancellationToken).ConfigureAwait(false);
        return document;

        IEnumerable<SyntaxAnnotation> MarksOf(SyntaxNode node)
        {
            if (places.IndexOf(node) is >= 0 and var place)
                yield return new SyntaxAnnotation(Mark, place.ToString());
            if (members.IndexOf(node) is >= 0 and var member)
                yield return new SyntaxAnnotation(MemberMark(member));
        }
    }

    private static string MemberMark(int member) => Mark + ".Member" + member;

    /// <remarks>Mending one can turn another into its sister: a second operation then finds a guard that is held elsewhere.</remarks>
    private static async Task<Document> RepairMemberAsync(
        Document document, int member, Repair repair, ImmutableArray<string> ids, CancellationToken cancellationToken)
    {
        var givenUp = new HashSet<string>();
        while (true)
        {
            var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            if (root.GetAnnotatedNodes(MemberMark(member)).FirstOrDefault() is not { } body)
                return document;
            var report = await BodyReport.OfAsync(document, body, ids[0], cancellationToken).ConfigureAwait(false);
            var pending = report.Locks.Where(IsPending).ToList();
            if (pending.Count == 0)
                return document;
            var next = pending[0];
            if (await RepairContext.CreateAsync(document, next, cancellationToken, report, pending).ConfigureAwait(false) is { } context
                && await repair.TryAsync(context).ConfigureAwait(false) is { } mended)
            {
                document = await CleanAsync(document.WithSyntaxRoot(mended.Root), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                givenUp.Add(MarkOf(root, next)!);
            }

            bool IsPending(Diagnostic diagnostic) => ids.Any(id => BodyReport.KindOf(id) == BodyReport.KindOf(diagnostic.Id))
                && MarkOf(root, diagnostic) is { } mark
                && !givenUp.Contains(mark);
        }
    }

    private static string? MarkOf(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).GetAnnotations(Mark).FirstOrDefault()?.Data;

    /// <summary>What the host does to the result of a single fix; the next one reads its neighbours' layout.</summary>
    public static async Task<Document> CleanAsync(Document document, CancellationToken cancellationToken)
    {
        var simple = await Simplifier.ReduceAsync(document, Simplifier.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await Formatter.FormatAsync(simple, Formatter.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
