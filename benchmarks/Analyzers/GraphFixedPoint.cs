using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>The least that an analysis of flow can do: the graph of each body, and which locals are written to before each block.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class GraphFixedPoint : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = new("BENCH1", "Nothing", "Nothing", "Benchmark", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(static body =>
        {
            foreach (var block in body.OperationBlocks)
            {
                if (block.Kind is OperationKind.Block or OperationKind.MethodBody or OperationKind.ConstructorBody or OperationKind.FieldInitializer or OperationKind.PropertyInitializer)
                    Run(body.GetControlFlowGraph(block));
            }
        });
    }

    private static void Run(ControlFlowGraph graph)
    {
        var entry = new HashSet<ISymbol>?[graph.Blocks.Length];
        entry[0] = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var work = new SortedSet<int> { 0 };
        while (work.Count > 0)
        {
            var block = graph.Blocks[work.Min];
            work.Remove(block.Ordinal);
            var written = new HashSet<ISymbol>(entry[block.Ordinal]!, SymbolEqualityComparer.Default);
            foreach (var operation in block.Operations)
                Transfer(operation, written);
            if (block.BranchValue is { } value)
                Transfer(value, written);
            Flow(block.FallThroughSuccessor, written);
            Flow(block.ConditionalSuccessor, written);
        }

        foreach (var function in graph.LocalFunctions)
            Run(graph.GetLocalFunctionControlFlowGraph(function));
        foreach (var operation in graph.Blocks.SelectMany(block => block.Operations.Concat(block.BranchValue is { } value ? [value] : [])))
        {
            foreach (var lambda in operation.DescendantsAndSelf().OfType<IFlowAnonymousFunctionOperation>())
                Run(graph.GetAnonymousFunctionControlFlowGraph(lambda));
        }

        void Flow(ControlFlowBranch? branch, HashSet<ISymbol> written)
        {
            if (branch?.Destination is not { } destination)
                return;
            if (entry[destination.Ordinal] is not { } known)
                entry[destination.Ordinal] = new HashSet<ISymbol>(written, SymbolEqualityComparer.Default);
            else if (!known.IsSupersetOf(written))
                known.UnionWith(written);
            else
                return;
            work.Add(destination.Ordinal);
        }
    }

    private static void Transfer(IOperation operation, HashSet<ISymbol> written)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part is IAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } })
                written.Add(local);
        }
    }
}
