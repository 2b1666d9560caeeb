using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace NamespaceLocking.CodeFixes.NSL4xxx;

/// <summary>An override that changes what callers were told: the same annotation on what it overrides, in whatever project that is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NSL4002OverrideChangesContractFix : CodeFixProvider
{
    /// <summary>The equivalence key.</summary>
    public const string SameOnBaseKey = "NamespaceLocking.SameOnBase";

    private const string TitleOfAll = "Say the same at the base members";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["NSL4002"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new All();

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await ContractChange.OfAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } change
                && await change.TryMendAsync(context.Document.Project.Solution, context.CancellationToken).ConfigureAwait(false) is { } mended)
            {
                context.RegisterCodeFix(CodeAction.Create($"Say the same at '{change.Overridden}'", _ => Task.FromResult(mended), SameOnBaseKey), diagnostic);
            }
        }
    }

    /// <summary>One after another, as two of them can speak of one base member.</summary>
    private sealed class All : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            var solution = context.Solution;
            foreach (var diagnostic in await DiagnosticsAsync(context).ConfigureAwait(false))
            {
                if (context.Solution.GetDocument(diagnostic.Location.SourceTree) is { } document
                    && await ContractChange.OfAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } change)
                {
                    solution = await change.TryMendAsync(solution, context.CancellationToken).ConfigureAwait(false) ?? solution;
                }
            }

            return CodeAction.Create(TitleOfAll, _ => Task.FromResult(solution), SameOnBaseKey);
        }

        private static async Task<IEnumerable<Diagnostic>> DiagnosticsAsync(FixAllContext context)
        {
            if (context is { Scope: FixAllScope.Document, Document: { } document })
                return Ordered(await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false));
            var projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
            var all = new List<Diagnostic>();
            foreach (var project in projects.Where(project => project.Language == LanguageNames.CSharp))
                all.AddRange(Ordered(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false)));
            return all;
        }

        private static IEnumerable<Diagnostic> Ordered(IEnumerable<Diagnostic> diagnostics) => diagnostics
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan);
    }
}
