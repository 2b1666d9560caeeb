using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>What calling a member of the same compilation comes to, said with its parameters and <c>this</c>.</summary>
/// <param name="Returned">What the guard holds that it returns, or hands out by <c>out</c>; what all its ways out have in common, and empty where they do not show it.</param>
/// <param name="Acquired">What it acquires for certain, itself or further down.</param>
internal sealed record MethodSummary(ImmutableArray<Hold> Returned, ImmutableArray<Hold> Acquired)
{
    public static readonly MethodSummary Unknown = new([], []);
}

/// <summary>How much of a member's summary is wanted: each has all that those before it have.</summary>
internal enum SummaryScope
{
    /// <summary>What guards it hands out.</summary>
    Returned,

    /// <summary>Also what it acquires, further down only what a shared lock of the caller's rules out.</summary>
    Exclusive,

    /// <summary>Also all that it acquires further down.</summary>
    Everything,
}

/// <summary>Summaries of members, one each, kept for the compilation. Safe for concurrent use.</summary>
internal sealed class MethodSummaries(Compilation compilation, CompilationFacts facts)
{
    private readonly AcquiringMembers _acquiring = new(compilation, facts.Annotations);

    /// <summary>By their scope.</summary>
    private readonly ConcurrentDictionary<IMethodSymbol, MethodSummary>[] _summaries =
        [new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default), new(SymbolEqualityComparer.Default)];

    /// <summary>What is being summarized on this thread.</summary>
    [ThreadStatic]
    private static SummaryStack? s_stack;

    /// <summary>A cheap answer first: whether the member's summary is worth having.</summary>
    public bool MayAcquire(IMethodSymbol method, SummaryScope scope) => _acquiring.Contains(method, exclusively: scope == SummaryScope.Exclusive);

    /// <summary>Whether the member asks for a lock somewhere, by its text.</summary>
    public bool MentionsAcquisition(IMethodSymbol method) => _acquiring.Mentions(method);

    /// <param name="method">A method, an accessor or a local function.</param>
    /// <param name="scope">What of it is wanted.</param>
    /// <param name="caller">The body that calls it: the one that a local function is in.</param>
    public MethodSummary Of(IMethodSymbol method, SummaryScope scope, BodyContext? caller = null)
    {
        method = method.OriginalDefinition;
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return MethodSummary.Unknown;
        for (var wider = scope; wider <= SummaryScope.Everything; wider++)
        {
            if (_summaries[(int)wider].TryGetValue(method, out var known))
                return known;
        }

        var stack = s_stack ??= new SummaryStack();
        return stack.Run(
            method,
            scope,
            method.MethodKind == MethodKind.LocalFunction ? () => OfLocalFunction(method, scope, caller!) : OfMember(method, scope),
            (done, summary) => _summaries[(int)done.Scope].TryAdd(done.Method, summary));
    }

    /// <summary>Makes the summary anew each time, of one graph.</summary>
    private Func<MethodSummary> OfMember(IMethodSymbol method, SummaryScope scope)
    {
        BodyContext? body = null;
        return () => (body ??= BodyOf(method, scope)) is { } own
            ? Summarize(LockFlowAnalysis.Run(own.Graph, own, [new EntryWorlds(own).OfMember(method, World.Empty)], static _ => [], default))
            : MethodSummary.Unknown;
    }

    private BodyContext? BodyOf(IMethodSymbol method, SummaryScope scope)
    {
        var declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
        return compilation.ContainsSyntaxTree(declaration.SyntaxTree)
            && BodyGraph.Of(declaration, method, compilation.GetSemanticModel(declaration.SyntaxTree), default) is { } graph
                ? new BodyContext(declaration, method, graph, facts) { Scope = scope }
                : null;
    }

    private static MethodSummary OfLocalFunction(IMethodSymbol method, SummaryScope scope, BodyContext caller) =>
        LocalFunctionGraph(caller.Graph, method) is { } graph ? OfFunction(graph, scope, caller) : MethodSummary.Unknown;

    /// <summary>What running a lambda comes to, said with its parameters and the variables around it.</summary>
    public static MethodSummary OfLambda(IFlowAnonymousFunctionOperation lambda, ControlFlowGraph graph, SummaryScope scope, BodyContext caller) =>
        OfFunction(graph.GetAnonymousFunctionControlFlowGraphInScope(lambda), scope, caller);

    private static MethodSummary OfFunction(ControlFlowGraph graph, SummaryScope scope, BodyContext caller) =>
        Summarize(LockFlowAnalysis.Run(graph, caller.ForSummary(scope), [World.Empty], static _ => [], default));

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
        var all = seen.ToList();
        // Where nothing that is returned is a guard, it is what 'out' hands out that counts.
        var returns = all.OfType<ReturnSeen>().Select(seen => seen.Holds).ToList();
        if (returns.TrueForAll(holds => holds.IsEmpty) && all.OfType<OutSeen>().Select(seen => seen.Holds).ToList() is { Count: > 0 } outs)
            returns = outs;
        var exits = all.OfType<ExitSeen>().ToList();
        return new MethodSummary(
            returns.Count == 0 ? [] : [.. returns[0].Select(hold => Common(hold, returns)).OfType<Hold>()],
            exits.Count == 0 ? [] : exits[0].Acquired.RemoveAll(hold => !exits.All(exit => exit.Acquired.Contains(hold))));
    }

    /// <summary>What of a hold every way out has: exclusive only where all of them are.</summary>
    private static Hold? Common(Hold hold, List<ImmutableArray<Hold>> returns)
    {
        foreach (var other in returns)
        {
            if (other.FirstOrDefault(candidate => ReferenceEquals(candidate.Namespace, hold.Namespace) && ReferenceEquals(candidate.Store, hold.Store)) is not { } twin)
                return null;
            if (twin.Mode < hold.Mode)
                hold = twin;
        }

        return hold;
    }
}
