using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Rules.NSL4xxx;
using NamespaceLocking.CodeFixes.Repairs;

namespace NamespaceLocking.CodeFixes.NSL4xxx;

/// <summary>A member that says something else than what it overrides, known by name: positions move while others are mended.</summary>
/// <param name="Project">Where the member is declared.</param>
/// <param name="Member">Its documentation-comment id.</param>
/// <param name="Overridden">What it overrides or implements, for titles.</param>
internal sealed record ContractChange(ProjectId Project, string Member, string Overridden)
{
    /// <summary>A base can have a base of its own, and say something else than that; chains are short.</summary>
    private const int MostSteps = 16;

    /// <summary>Null where the diagnostic is of nothing that can be mended, such as a base in another library.</summary>
    public static async Task<ContractChange?> OfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || !root.FullSpan.Contains(diagnostic.Location.SourceSpan)
            || root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } declaration
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not { } member
            || AnnotationReader.For(model.Compilation, document.Project.AnalyzerOptions, cancellationToken) is not { } annotations
            || NSL4002OverrideChangesContract.Find(member, annotations, model.Compilation) is not { } difference
            || await BaseMember.OfAsync(document.Project.Solution, model.Compilation, difference, cancellationToken).ConfigureAwait(false) is not { } overridden
            || DocumentationCommentId.CreateDeclarationId(member) is not { } id)
        {
            return null;
        }

        return new ContractChange(document.Project.Id, id, overridden.Name);
    }

    /// <summary>The solution in which callers are told the same everywhere; null where that would not compile, or be a mistake of its own.</summary>
    public async Task<Solution?> TryMendAsync(Solution solution, CancellationToken cancellationToken)
    {
        var before = solution;
        var pending = new Queue<(ProjectId Project, string Member)>([(Project, Member)]);
        for (var step = 0; pending.Count > 0; step++)
        {
            var (project, member) = pending.Peek();
            if (await solution.GetProject(project)!.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation || step == MostSteps)
                return null;
            if (Find(compilation, solution.GetProject(project)!, member, cancellationToken) is not { } difference)
            {
                pending.Dequeue();
                continue;
            }

            if (await BaseMember.OfAsync(solution, compilation, difference, cancellationToken).ConfigureAwait(false) is not { } overridden
                || overridden.Annotated(difference) is not { } annotated)
            {
                return null;
            }

            solution = annotated;
            pending.Enqueue((overridden.Document.Project.Id, overridden.Id));
        }

        return solution != before && await IsNoWorseAsync(solution, before, cancellationToken).ConfigureAwait(false)
            ? await CleanedAsync(solution, before, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private static Diagnostic? Find(Compilation compilation, Project project, string member, CancellationToken cancellationToken) =>
        AnnotationReader.For(compilation, project.AnalyzerOptions, cancellationToken) is { } annotations
        && DocumentationCommentId.GetSymbolsForDeclarationId(member, compilation)
            .FirstOrDefault(symbol => KnownSymbols.Same(symbol.ContainingAssembly, compilation.Assembly)) is { } found
            ? NSL4002OverrideChangesContract.Find(found, annotations, compilation)
            : null;

    private async Task<bool> IsNoWorseAsync(Solution solution, Solution before, CancellationToken cancellationToken)
    {
        foreach (var id in Changed(solution, before))
        {
            var old = await ReportAsync(before.GetDocument(id)!).ConfigureAwait(false);
            var now = await ReportAsync(solution.GetDocument(id)!).ConfigureAwait(false);
            if (!now.IsDeclaredAsWellAs(old))
                return false;
        }

        // Other members may keep a promise that is taken back.
        List<ProjectId> projects = [.. Changed(solution, before).Select(id => id.ProjectId).Append(Project).Distinct()];
        return await CountAsync(solution).ConfigureAwait(false) < await CountAsync(before).ConfigureAwait(false);

        async Task<int> CountAsync(Solution counted)
        {
            var count = 0;
            foreach (var project in projects.Select(counted.GetProject).OfType<Project>())
            {
                var analysis = new CompilationWithAnalyzers(
                    (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!, [new NSL4002OverrideChangesContract()], project.AnalyzerOptions);
                count += (await analysis.GetAnalyzerDiagnosticsAsync(cancellationToken).ConfigureAwait(false)).Count(diagnostic => diagnostic.Id == "NSL4002");
            }

            return count;
        }

        async Task<BodyReport> ReportAsync(Document document) => await BodyReport.OfAsync(
            document, (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!, "NSL4002", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The next one that is mended reads its neighbours' layout.</summary>
    private static async Task<Solution> CleanedAsync(Solution solution, Solution before, CancellationToken cancellationToken)
    {
        foreach (var id in Changed(solution, before))
        {
            var clean = await RepairAll.CleanAsync(solution.GetDocument(id)!, cancellationToken).ConfigureAwait(false);
            solution = solution.WithDocumentSyntaxRoot(id, (await clean.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!);
        }

        return solution;
    }

    private static List<DocumentId> Changed(Solution solution, Solution before) =>
        [.. solution.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments())];
}
