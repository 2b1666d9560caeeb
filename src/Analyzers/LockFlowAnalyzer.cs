using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Flow;
using NamespaceLocking.Analyzers.Rules;
using NamespaceLocking.Analyzers.Rules.NSL1xxx;
using NamespaceLocking.Analyzers.Rules.NSL2xxx;
using NamespaceLocking.Analyzers.Rules.NSL3xxx;
using NamespaceLocking.Analyzers.Rules.NSL4xxx;

namespace NamespaceLocking.Analyzers;

/// <summary>Hosts the rules that ask the flow analysis, which runs once a body for all of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockFlowAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableArray<FlowRule> Rules =
    [
        new NSL1001LockRequired(),
        new NSL1002ExclusiveLockRequired(),
        new NSL1003LockHeldElsewhere(),
        new NSL1004GuardReleased(),
        new NSL1005GuardOnSomePaths(),
        new NSL1006WorkOutlivesGuard(),
        new NSL2001GuardDropped(),
        new NSL2002GuardNeverDisposed(),
        new NSL2003GuardNotAlwaysDisposed(),
        new NSL2004GuardOverwritten(),
        new NSL2005GuardStoredUndisposed(),
        new NSL2006LentGuardDisposed(),
        new NSL3001ExclusiveUnderShared(),
        new NSL3002RuledOutByExclusive(),
        new NSL3003WaitUnderGuard(),
        new NSL3004CallAcquiresBelow(),
        new NSL4003RequirementLost(),
        new NSL4006PromiseBroken(),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [.. Rules.Select(rule => rule.Descriptor)];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (AnnotationReader.For(start.Compilation, start.Options, start.CancellationToken) is not { } annotations)
                return;
            var facts = CompilationFacts.Of(start.Compilation, annotations);
            start.RegisterCodeBlockAction(block => Analyze(block, facts));
        });
    }

    private static void Analyze(CodeBlockAnalysisContext block, CompilationFacts facts)
    {
        if (!facts.Gate.IsOpen(block.CodeBlock, block.OwningSymbol, block.SemanticModel, block.CancellationToken)
            || BodyGraph.Of(block.CodeBlock, block.OwningSymbol, block.SemanticModel, block.CancellationToken) is not { } graph)
        {
            return;
        }

        var body = new BodyContext(block.CodeBlock, block.OwningSymbol, graph, facts);
        if (BodyFindings.From(BodyAnalysis.Run(graph, block.OwningSymbol, body, block.CancellationToken)) is not { } findings)
            return;
        foreach (var rule in Rules)
        {
            foreach (var diagnostic in rule.Report(findings))
                block.ReportDiagnostic(diagnostic);
        }
    }
}
