using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What is known of a compilation as a whole, shared by all that look into its bodies. Safe for concurrent use.</summary>
internal sealed class CompilationFacts
{
    private static readonly ConditionalWeakTable<AnnotationReader, CompilationFacts> All = new();

    private CompilationFacts(Compilation compilation, AnnotationReader annotations)
    {
        Annotations = annotations;
        Gate = new BodyGate(annotations);
        Ownership = new OwnershipFacts(compilation, annotations.Known);
        Sequences = new SequenceTypes(annotations.Known);
        Members = new MemberFacts(annotations, Ownership);
        Summaries = new MethodSummaries(compilation, this);
        LooksBelow = !IsOff(compilation, "NSL3004");
    }

    public AnnotationReader Annotations { get; }
    public BodyGate Gate { get; }
    public OwnershipFacts Ownership { get; }
    public SequenceTypes Sequences { get; }
    public MemberFacts Members { get; }
    public MethodSummaries Summaries { get; }

    /// <summary>Whether anybody wants to know what calls acquire further down: who turns the rule off for all of a project does not pay for it.</summary>
    public bool LooksBelow { get; }

    public static CompilationFacts Of(Compilation compilation, AnnotationReader annotations) =>
        All.GetValue(annotations, reader => new CompilationFacts(compilation, reader));

    private static bool IsOff(Compilation compilation, string rule) =>
        (compilation.Options.SpecificDiagnosticOptions.TryGetValue(rule, out var severity)
            || compilation.Options.SyntaxTreeOptionsProvider?.TryGetGlobalDiagnosticValue(rule, default, out severity) == true)
        && severity == ReportDiagnostic.Suppress;
}
