using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using NamespaceLocking.Analyzers;
using NamespaceLocking.Analyzers.Rules.NSL4xxx;
using NamespaceLocking.CodeFixes.Acquiring;

namespace NamespaceLocking.CodeFixes.Repairs;

/// <summary>What the compiler and the lock rules say of one member.</summary>
internal sealed class BodyReport
{
    private readonly IReadOnlyList<Diagnostic> _compiler;

    private BodyReport(IReadOnlyList<Diagnostic> compiler, IReadOnlyList<Diagnostic> locks) => (_compiler, Locks) = (compiler, locks);

    public IReadOnlyList<Diagnostic> Locks { get; }

    /// <param name="id">The rule that is to be mended: those on declarations are asked where it is one of them.</param>
    public static async Task<BodyReport> OfAsync(Document document, SyntaxNode member, string id, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var options = new CompilationWithAnalyzersOptions(
            document.Project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var analysis = new CompilationWithAnalyzers(model!.Compilation, AnalyzersFor(id), options);
        var compiler = model.GetDiagnostics(SpanOf(member), cancellationToken);
        var locks = await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, SpanOf(member), cancellationToken).ConfigureAwait(false);
        return new BodyReport(
            [.. compiler.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)],
            [.. locks.Where(IsOfLocks).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)]);
    }

    private static ImmutableArray<DiagnosticAnalyzer> AnalyzersFor(string id) => KindOf(id) == "NSL4"
        ? [new LockFlowAnalyzer(), new NSL4001AnnotationNamesNothing(), new NSL4002OverrideChangesContract(), new NSL4004NoGuardThere(), new NSL4005HandsOutUnstatedGuard()]
        : [new LockFlowAnalyzer()];

    /// <summary>Not a failure of an analyzer.</summary>
    private static bool IsOfLocks(Diagnostic diagnostic) => diagnostic.Id.StartsWith("NSL", StringComparison.Ordinal);

    /// <summary>All of the file where the member is: the analyzers' driver leaves out what it need not look at.</summary>
    private static TextSpan? SpanOf(SyntaxNode member) => member is CompilationUnitSyntax ? null : member.FullSpan;

    /// <summary>What is said of a part of the member.</summary>
    public BodyReport Within(SyntaxNode part) => new(In(_compiler, part), In(Locks, part));

    private static IReadOnlyList<Diagnostic> In(IEnumerable<Diagnostic> diagnostics, SyntaxNode part) =>
        [.. diagnostics.Where(diagnostic => part.FullSpan.Contains(diagnostic.Location.SourceSpan))];

    /// <summary>Whether less is wrong than before: fewer mistakes of the kind of <paramref name="id"/>, and no more of any other.</summary>
    public bool Mends(BodyReport before, string id)
    {
        if (IsMore(_compiler, before._compiler))
            return false;
        foreach (var kind in Locks.Concat(before.Locks).Select(Kind).Distinct())
        {
            var (old, now) = (before.WeightOf(kind), WeightOf(kind));
            if (kind == KindOf(id) ? now >= old : now > old)
                return false;
        }

        return Locks.Count(diagnostic => diagnostic.Id == id) < before.Locks.Count(diagnostic => diagnostic.Id == id);
    }

    /// <summary>Whether it compiles as well as before, and no more annotations are mistaken.</summary>
    public bool IsDeclaredAsWellAs(BodyReport before) => !IsMore(_compiler, before._compiler)
        && !IsMore(Locks.Where(IsOfDeclaration), before.Locks.Where(IsOfDeclaration));

    /// <summary>Not what a body does: that callers are told more is what a change of an annotation is for.</summary>
    private static bool IsOfDeclaration(Diagnostic diagnostic) => diagnostic.Id is "NSL4001" or "NSL4002" or "NSL4004" or "NSL4005";

    private static bool IsMore(IEnumerable<Diagnostic> now, IEnumerable<Diagnostic> before) => now
        .GroupBy(diagnostic => diagnostic.Id)
        .Any(found => found.Count() > before.Count(diagnostic => diagnostic.Id == found.Key));

    /// <summary>An operation without its locks counts for each that it lacks: one of two that is there now is better than none.</summary>
    private int WeightOf(string kind) => Locks
        .Where(diagnostic => Kind(diagnostic) == kind)
        .Sum(diagnostic => Math.Max(1, LockNeed.Of(diagnostic).Count));

    private static string Kind(Diagnostic diagnostic) => KindOf(diagnostic.Id);

    /// <summary>The thousand of a rule.</summary>
    public static string KindOf(string id) => id.Substring(0, "NSL1".Length);
}
