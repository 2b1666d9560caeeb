using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What calling a member of the same compilation comes to, said with its parameters and <c>this</c>.</summary>
/// <param name="Returned">What the guard that it returns holds; empty where its ways out differ, or do not show it.</param>
internal sealed record MethodSummary(ImmutableArray<Hold> Returned)
{
    public static readonly MethodSummary Unknown = new([]);
}

/// <summary>Summaries of members, one each, kept for the compilation. Safe for concurrent use.</summary>
internal sealed class MethodSummaries(Compilation compilation, AnnotationReader annotations, OwnershipFacts ownership)
{
    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary> _summaries = new(SymbolEqualityComparer.Default);

    /// <summary>What is being summarized on this thread: a member that calls itself is unknown to itself.</summary>
    [ThreadStatic]
    private static HashSet<IMethodSymbol>? s_running;

    /// <param name="method">A method, an accessor or a local function.</param>
    /// <param name="caller">The body that calls it: the one that a local function is in.</param>
    public MethodSummary Of(IMethodSymbol method, BodyContext caller)
    {
        method = method.OriginalDefinition;
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return MethodSummary.Unknown;
        if (_summaries.TryGetValue(method, out var known))
            return known;
        var running = s_running ??= new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        if (!running.Add(method))
            return MethodSummary.Unknown;
        try
        {
            var summary = method.MethodKind == MethodKind.LocalFunction ? OfLocalFunction(method, caller) : OfMember(method);
            // What was found while an outer member was unknown may be found better later.
            return running.Count == 1 || method.MethodKind == MethodKind.LocalFunction ? _summaries.GetOrAdd(method, summary) : summary;
        }
        finally
        {
            running.Remove(method);
        }
    }

    private MethodSummary OfMember(IMethodSymbol method)
    {
        var declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
        if (!compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            || BodyGraph.Of(declaration, method, compilation.GetSemanticModel(declaration.SyntaxTree), default) is not { } graph)
        {
            return MethodSummary.Unknown;
        }

        var body = new BodyContext(declaration, method, graph, annotations, ownership, this);
        return Summarize(LockFlowAnalysis.Run(graph, body, [new EntryWorlds(body).OfMember(method, World.Empty)], static _ => [], default));
    }

    private static MethodSummary OfLocalFunction(IMethodSymbol method, BodyContext caller) =>
        LocalFunctionGraph(caller.Graph, method) is { } graph
            ? Summarize(LockFlowAnalysis.Run(graph, caller, [World.Empty], static _ => [], default))
            : MethodSummary.Unknown;

    private static ControlFlowGraph? LocalFunctionGraph(ControlFlowGraph graph, IMethodSymbol method)
    {
        foreach (var local in graph.LocalFunctions)
        {
            if (KnownSymbols.Same(local, method))
                return graph.GetLocalFunctionControlFlowGraph(local);
            if (LocalFunctionGraph(graph.GetLocalFunctionControlFlowGraph(local), method) is { } inner)
                return inner;
        }

        return null;
    }

    private static MethodSummary Summarize(IEnumerable<Observation> seen)
    {
        var returns = seen.OfType<ReturnSeen>().ToList();
        return returns.Count > 0 && returns.All(other => other.Holds.SequenceEqual(returns[0].Holds))
            ? new MethodSummary(returns[0].Holds)
            : MethodSummary.Unknown;
    }
}
