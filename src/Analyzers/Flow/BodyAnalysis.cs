using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Analyses one member: its body, and the lambdas and local functions in it where they are used.</summary>
internal sealed class BodyAnalysis
{
    /// <summary>A function is run again when a use brings it something new; no honest code needs many rounds.</summary>
    private const int MaxRounds = 8;

    private readonly BodyContext _body;
    private readonly EntryWorlds _entry;
    private readonly Dictionary<object, Function> _functions = new(FunctionComparer.Instance);
    private readonly CancellationToken _cancellationToken;

    private BodyAnalysis(BodyContext body, CancellationToken cancellationToken)
    {
        _body = body;
        _entry = new EntryWorlds(body);
        _cancellationToken = cancellationToken;
    }

    /// <param name="graph">The member's graph.</param>
    /// <param name="member">The member; null for code that belongs to none.</param>
    /// <param name="body">What is known besides the graph.</param>
    /// <param name="cancellationToken">Ends the analysis.</param>
    public static IReadOnlyList<Observation> Run(
        ControlFlowGraph graph, ISymbol? member, BodyContext body, CancellationToken cancellationToken)
    {
        var analysis = new BodyAnalysis(body, cancellationToken);
        var entry = analysis._entry.OfMember(member, World.Empty);
        var promised = analysis._entry.PromisedBy(member, entry);
        var seen = LockFlowAnalysis.Run(graph, body, [entry], _ => promised, cancellationToken);
        analysis.RunFunctions(seen, graph);
        foreach (var function in analysis._functions.Values)
            seen.AddRange(function.Seen);
        return seen;
    }

    private void RunFunctions(List<Observation> seen, ControlFlowGraph graph)
    {
        var pending = new Queue<Function>();
        Enqueue(seen, graph, pending);
        while (pending.Count > 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var function = pending.Dequeue();
            function.IsPending = false;
            if (function.Rounds++ >= MaxRounds)
                continue;
            function.Seen = LockFlowAnalysis.Run(function.Graph, _body, function.Entry.Worlds, world => _entry.PromisedBy(function.Symbol, world), _cancellationToken);
            Enqueue(function.Seen, function.Graph, pending);
        }
    }

    private void Enqueue(List<Observation> seen, ControlFlowGraph graph, Queue<Function> pending)
    {
        foreach (var used in seen.OfType<FunctionUsed>())
        {
            if (!_functions.TryGetValue(used.Function, out var function))
            {
                if (GraphOf(used.Function, graph, _cancellationToken) is not { } own)
                    continue;
                _functions.Add(used.Function, function = new Function(own, used.Function as IMethodSymbol));
            }

            if (function.Entry.Add(_entry.OfFunction(used), _body.Values, inLoop: false) && !function.IsPending)
            {
                function.IsPending = true;
                pending.Enqueue(function);
            }
        }
    }

    /// <summary>The graph of a lambda or local function; null where broken code has none.</summary>
    public static ControlFlowGraph? GraphOf(object function, ControlFlowGraph graph, CancellationToken cancellationToken = default)
    {
        try
        {
            return function switch
            {
                IFlowAnonymousFunctionOperation lambda => graph.GetAnonymousFunctionControlFlowGraphInScope(lambda, cancellationToken),
                IMethodSymbol local => graph.GetLocalFunctionControlFlowGraphInScope(local, cancellationToken),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            // Broken code can refer to a local function that no graph around it has.
            return null;
        }
    }

    private sealed class Function(ControlFlowGraph graph, IMethodSymbol? symbol)
    {
        /// <summary>The local function; null for a lambda.</summary>
        public IMethodSymbol? Symbol => symbol;

        public ControlFlowGraph Graph => graph;
        public WorldSet Entry { get; } = new();
        public List<Observation> Seen { get; set; } = [];
        public bool IsPending { get; set; }
        public int Rounds { get; set; }
    }

    /// <summary>A lambda is known by its place, a local function by its symbol: a <c>finally</c> that is laid out twice has each once.</summary>
    private sealed class FunctionComparer : IEqualityComparer<object>
    {
        public static readonly FunctionComparer Instance = new();

        public new bool Equals(object? x, object? y) => Key(x).Equals(Key(y));

        public int GetHashCode(object obj) => Key(obj).GetHashCode();

        private static object Key(object? function) => function switch
        {
            IFlowAnonymousFunctionOperation lambda => lambda.Syntax,
            IMethodSymbol method => method.OriginalDefinition,
            _ => "",
        };
    }
}
