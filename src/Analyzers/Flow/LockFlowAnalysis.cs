using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>A worklist over one control-flow graph: carries worlds from block to block until nothing new arrives.</summary>
internal sealed class LockFlowAnalysis
{
    /// <summary>When blocks have run so often, on average, worlds are no longer kept apart where they meet: real code needs few runs of a block.</summary>
    private const int RunsKeptApart = 24;

    /// <summary>Worlds only ever grow coarser, so the worklist ends; should it not, silence is better than a compiler that hangs.</summary>
    private const int MaxRuns = 128;

    /// <summary>Each <c>finally</c> in another one doubles the reasons to be in a block; those that come later go the ways of the first.</summary>
    private const int MaxReasons = 64;

    private readonly ControlFlowGraph _graph;
    private readonly BodyContext _body;
    private readonly Transfer _transfer;

    /// <summary>The nodes of each block.</summary>
    private readonly Node?[] _nodes;
    private int _count;

    /// <summary>How often a block was run from a world.</summary>
    private int _runs;

    /// <summary>The nodes to visit: few at a time.</summary>
    private readonly List<Node> _pending = [];

    /// <summary>What the current run of a block saw.</summary>
    private readonly List<Observation> _log = [];

    /// <summary>Whether a block can run more than once: it lies between a branch back and where that goes.</summary>
    private readonly bool[] _inLoop;

    /// <summary>Of a block that others go back to, the last of those.</summary>
    private readonly int[] _loopEnd;
    private Node? _visited;
    private World? _thrown;

    private readonly Func<World, ImmutableArray<Hold>> _promised;

    private LockFlowAnalysis(ControlFlowGraph graph, BodyContext body, Func<World, ImmutableArray<Hold>> promised)
    {
        _promised = promised;
        _graph = graph;
        _body = body;
        _transfer = new Transfer(body, graph, OnThrow);
        _nodes = new Node?[graph.Blocks.Length];
        _loopEnd = FindLoops(graph);
        _inLoop = new bool[graph.Blocks.Length];
        for (int i = 0, end = -1; i < _inLoop.Length; i++)
            _inLoop[i] = i <= (end = Math.Max(end, _loopEnd[i]));
        VariableScope.Set(graph, body.Values);
    }

    /// <summary>Runs the graph from the given worlds, and tells all that was seen.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="body">What is known besides it.</param>
    /// <param name="entry">What is known where it begins.</param>
    /// <param name="promised">What guards that it returns are to hold.</param>
    /// <param name="cancellationToken">Ends the analysis.</param>
    public static List<Observation> Run(
        ControlFlowGraph graph, BodyContext body, IReadOnlyCollection<World> entry, Func<World, ImmutableArray<Hold>> promised, CancellationToken cancellationToken)
    {
        var analysis = new LockFlowAnalysis(graph, body, promised);
        foreach (var world in entry)
            analysis.Flow(world, graph.Blocks[0], null);
        while (analysis._pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (analysis._runs > MaxRuns * graph.Blocks.Length)
                return [];
            analysis.Visit(analysis.TakeNext());
        }

        var seen = new List<Observation>();
        foreach (var first in analysis._nodes)
        {
            for (var node = first; node is not null; node = node.Next)
            {
                foreach (var arrival in node.Worlds.Arrivals)
                    seen.AddRange(arrival.Seen!);
            }
        }

        return seen;
    }

    /// <summary>
    /// The first block in the order of the graph: what flows into others before they are visited again. A loop begins a new round when all that goes back to its
    /// beginning has come there, not once for each.
    /// </summary>
    private Node TakeNext()
    {
        var next = FirstPending(0, _nodes.Length);
        while (FirstPending(_pending[next].Block.Ordinal + 1, _loopEnd[_pending[next].Block.Ordinal]) is >= 0 and var inner)
            next = inner;
        var node = _pending[next];
        _pending[next] = _pending[_pending.Count - 1];
        _pending.RemoveAt(_pending.Count - 1);
        node.IsPending = false;
        return node;
    }

    /// <summary>Where in the list the first node is of those that have blocks of that range; -1 where none has.</summary>
    private int FirstPending(int from, int to)
    {
        var first = -1;
        for (var i = 0; i < _pending.Count; i++)
        {
            var ordinal = _pending[i].Block.Ordinal;
            if (ordinal >= from && ordinal <= to && (first < 0 || _pending[i].IsBefore(_pending[first])))
                first = i;
        }

        return first;
    }

    private void Visit(Node node)
    {
        var block = node.Block;
        _visited = node;
        _transfer.IsExceptional = node.Context is { Destination: null };
        // A block that goes back to itself may change its worlds while it runs: what is left out then is run when it is visited again.
        for (var i = 0; i < node.Worlds.Arrivals.Count; i++)
        {
            var arrival = node.Worlds.Arrivals[i];
            if (arrival.Seen is not null && arrival.Below == _transfer.Below)
                continue;
            _runs++;
            _log.Clear();
            _thrown = null;
            arrival.Below = _transfer.Below;
            _transfer.Start(arrival.World, _inLoop[block.Ordinal], _log);
            foreach (var operation in block.Operations)
            {
                _transfer.Run(operation);
                if (_transfer.Current is null)
                    break;
            }

            if (_transfer.Current is not null)
                Leave(node);
            arrival.Seen = _log.Count == 0 ? [] : [.. _log];
        }
    }

    private void OnThrow(World world)
    {
        if (ReferenceEquals(world, _thrown))
            return;
        _thrown = world;
        Throw(world, _visited!.Block.EnclosingRegion, _visited.Context);
    }

    private void Leave(Node node)
    {
        var block = node.Block;
        var isReturn = block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Return };
        var value = block.BranchValue is { } operation ? _transfer.RunLast(operation, isReturn, isReturn && !block.FallThroughSuccessor!.FinallyRegions.IsDefaultOrEmpty) : null;
        if (_transfer.Current is not { } world)
            return;
        if (block.Kind == BasicBlockKind.Exit)
        {
            Exit(world, GuardEvent.LeftOpen);
            return;
        }

        if (block.ConditionKind == ControlFlowConditionKind.None || block.ConditionalSuccessor is null)
        {
            Branch(world, block.FallThroughSuccessor, node);
            return;
        }

        var whenTaken = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
        if (Transfer.Assume(world, _body.Values, value, whenTaken) is { } taken)
            Branch(taken, block.ConditionalSuccessor, node);
        if (Transfer.Assume(world, _body.Values, value, !whenTaken) is { } fallThrough)
            Branch(fallThrough, block.FallThroughSuccessor, node);
    }

    private void Branch(World world, ControlFlowBranch? branch, Node node)
    {
        switch (branch)
        {
            case null or { Semantics: ControlFlowBranchSemantics.ProgramTermination or ControlFlowBranchSemantics.Error }:
                break;
            case { Semantics: ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow }:
                Throw(world, node.Block.EnclosingRegion, node.Context);
                break;
            case { Semantics: ControlFlowBranchSemantics.StructuredExceptionHandling }:
                EndHandler(world, node);
                break;
            case { Destination: { } destination }:
                Continue(world, branch.FinallyRegions, 0, destination, node.Context);
                break;
        }
    }

    private void Continue(World world, ImmutableArray<ControlFlowRegion> regions, int next, BasicBlock destination, Continuation? context)
    {
        if (next < regions.Length)
            Flow(world, _graph.Blocks[regions[next].FirstBlockOrdinal], new Continuation(regions, next, destination, context));
        else
            Flow(world, destination, context);
    }

    /// <summary>A <c>finally</c> has run, or an exception filter said no.</summary>
    private void EndHandler(World world, Node node)
    {
        var region = node.Block.EnclosingRegion;
        while (region is not null && region.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter))
            region = region.EnclosingRegion;
        if (region is { Kind: ControlFlowRegionKind.Finally } && node.Context is { } context)
        {
            if (context.Destination is { } destination)
                Continue(world, context.Regions, context.Next + 1, destination, context.Outer);
            else
                Throw(world, region.EnclosingRegion?.EnclosingRegion, context.Outer);
        }
        else if (region is not null)
        {
            Throw(world, region.EnclosingRegion?.EnclosingRegion?.EnclosingRegion, node.Context);
        }
    }

    /// <summary>An exception leaves the region: to the handlers around it, and out where none takes all.</summary>
    private void Throw(World world, ControlFlowRegion? region, Continuation? context)
    {
        for (; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Finally)
                context = context?.Outer;
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } parent)
                continue;
            if (parent.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                var handler = parent.NestedRegions[parent.NestedRegions.Length - 1];
                Flow(world, _graph.Blocks[handler.FirstBlockOrdinal], new Continuation([handler], 0, null, context), isThrown: true);
                return;
            }

            var takesAll = false;
            foreach (var handler in parent.NestedRegions)
            {
                if (ReferenceEquals(handler, region))
                    continue;
                Flow(world, _graph.Blocks[handler.FirstBlockOrdinal], context, isThrown: true);
                takesAll |= handler.Kind == ControlFlowRegionKind.Catch && IsAnyException(handler.ExceptionType);
            }

            if (takesAll)
                return;
        }

        Exit(world, GuardEvent.LeftOpenByException);
    }

    private static bool IsAnyException(ITypeSymbol? type) =>
        type is null or { SpecialType: SpecialType.System_Object } or { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private void Exit(World world, GuardEvent how)
    {
        if (how == GuardEvent.LeftOpen)
        {
            SeeReturns(world);
            if (ReferenceEquals(_graph, _body.Graph))
                SeeKept(world);
            Transfer.SeeWork(world, _log);
            if (_body.IsSummary)
            {
                _log.Add(new ExitSeen(_graph.OriginalOperation.Syntax, world.Acquired));
                SeeOuts(world);
            }
        }

        foreach (var guard in world.Guards)
        {
            // Whether it was disposed is not known where too many paths met.
            if (guard.Status == GuardStatus.Blurred)
                _log.Add(new GuardSeen(guard, GuardEvent.Closed));
            if (!guard.Owned)
                continue;
            if (how == GuardEvent.LeftOpen && world.IsReturned(guard.Id))
            {
                _log.Add(new GuardSeen(guard, GuardEvent.Closed));
                continue;
            }

            _log.Add(guard.LossyStore is { } store
                ? new LossyStoreSeen(store.Site, guard.Site, store.Place, guard.Describe())
                : new GuardSeen(guard, how));
        }
    }

    /// <summary>What the guards that are returned hold, now that every <c>finally</c> has run.</summary>
    private void SeeReturns(World world)
    {
        var promised = _promised(world);
        foreach (var returned in world.Variables.Where(variable => variable.Key.Kind == ValueKind.Returned).GroupBy(variable => (SyntaxNode)variable.Key.Payload!))
        {
            var guards = returned.Select(variable => world.GuardOf(variable.Value)).OfType<Guard>().ToList();
            var holds = guards.Count > 0
                ? guards.SelectMany(guard => guard.Holds).ToImmutableArray()
                : [.. world.Past.Where(past => returned.Any(variable => ReferenceEquals(variable.Value, past.Guard))).Select(past => past.Hold)];
            // Of a guard that nobody says what it holds of, and of one that locks something else than a namespace, only the annotation can tell.
            var broken = promised.FirstOrDefault(promise => guards.Count == 0
                || (!holds.IsEmpty && holds.All(hold => hold is { IsAssumed: false, IsUnnamed: false, Namespace: not null }) && !world.HasForgotten && !holds.Any(hold => world.Covers(_body.Values, hold, promise.Mode, promise.Namespace, store: null))));
            _log.Add(new ReturnSeen(returned.Key, holds, guards.Count == 0, broken) { Name = _transfer.NameOfReturned(returned.Key) });
        }
    }

    /// <summary>What the guards hold that are handed out by <c>out</c>; where there is none, the Try has failed.</summary>
    private void SeeOuts(World world)
    {
        foreach (var parameter in _body.OutGuards(_graph))
        {
            if (world.Read(_body.Values.Parameter(parameter)) is { Kind: not ValueKind.Null } value)
                _log.Add(new OutSeen(_graph.OriginalOperation.Syntax, world.GuardOf(value)?.Holds ?? []));
        }
    }

    /// <summary>What the guards hold that a constructor acquires and keeps: where it is given one, or leaves the work to another constructor, that is not told.</summary>
    private void SeeKept(World world)
    {
        if (_body.IsSummary || _body.Constructor is not { } constructor || world.Guards.Any(guard => guard.Origin == GuardOrigin.Parameter))
            return;
        var kept = world.Guards.Where(guard => guard is { Origin: GuardOrigin.Acquired, Keeper: { Kind: ValueKind.Member, First.Kind: ValueKind.This } }).ToList();
        var holds = kept.SelectMany(guard => guard.Holds).ToImmutableArray();
        if (kept.Count == 0 || world.HasForgotten || holds.Any(hold => hold.IsAssumed || hold.Namespace is null))
            return;
        var broken = new EntryWorlds(_body).KeptBy(constructor, world)
            .FirstOrDefault(promise => !holds.Any(hold => world.Covers(_body.Values, hold, promise.Mode, promise.Namespace, store: null)));
        if (broken is not null)
            _log.Add(new ReturnSeen(kept[0].Site, kept[0].Holds, IsReleased: false, broken) { IsKept = true });
    }

    private void Flow(World world, BasicBlock block, Continuation? context, bool isThrown = false)
    {
        // What nobody can read any more would only tell worlds apart.
        var visible = world.Variables.VisibleIn(_graph, block);
        if (!ReferenceEquals(visible, world.Variables))
            world = DropHidden(world, world.With(variables: visible), isThrown);
        var limit = _runs < RunsKeptApart * _nodes.Length ? WorldSet.MaxWorlds : 1;
        if (NodeOf(block, context) is { } node && node.Worlds.Add(world, _body.Values, _inLoop[block.Ordinal], limit) && !node.IsPending)
        {
            node.IsPending = true;
            _pending.Add(node);
        }
    }

    /// <summary>Guards of an expression that has ended, and that nobody has kept.</summary>
    private World DropHidden(World before, World world, bool isThrown)
    {
        foreach (var guard in isThrown ? [] : before.Guards)
        {
            if (guard is { Owned: true, Origin: GuardOrigin.Acquired, IsOuter: false, LossyStore: null, Keeper: null } && before.IsCaptured(guard.Id) && !world.IsCaptured(guard.Id) && !world.IsStored(guard.Id))
            {
                _log.Add(new GuardSeen(guard, GuardEvent.Dropped));
                world = world.Replace(guard, guard with { Status = GuardStatus.Lost, Owned = false });
            }
        }

        return world;
    }

    private Node? NodeOf(BasicBlock block, Continuation? context)
    {
        ref var node = ref _nodes[block.Ordinal];
        var reasons = 0;
        for (var known = node; known is not null; known = known.Next)
        {
            if (Equals(known.Context, context))
                return known;
            reasons++;
        }

        return reasons < MaxReasons ? node = new Node(block, context, _count++) { Next = node } : null;
    }

    private static int[] FindLoops(ControlFlowGraph graph)
    {
        var ends = new int[graph.Blocks.Length];
        ends.AsSpan().Fill(-1);
        foreach (var block in graph.Blocks)
        {
            Mark(block, block.ConditionalSuccessor);
            Mark(block, block.FallThroughSuccessor);
        }

        return ends;

        void Mark(BasicBlock block, ControlFlowBranch? branch)
        {
            if (branch?.Destination is { } destination && destination.Ordinal <= block.Ordinal)
            {
                // On its way back a branch may run a finally that lies behind it.
                var last = branch.FinallyRegions.IsDefaultOrEmpty ? block.Ordinal : Math.Max(block.Ordinal, branch.FinallyRegions.Max(region => region.LastBlockOrdinal));
                ends[destination.Ordinal] = Math.Max(ends[destination.Ordinal], last);
            }
        }
    }

    /// <summary>A block, for one reason to be in it.</summary>
    private sealed class Node(BasicBlock block, Continuation? context, int order)
    {
        private readonly int _order = order;

        public BasicBlock Block => block;
        public Continuation? Context => context;

        /// <summary>The block's next node, for another reason.</summary>
        public Node? Next { get; init; }
        public bool IsPending { get; set; }
        public WorldSet Worlds { get; } = new();

        public bool IsBefore(Node other) => Block.Ordinal != other.Block.Ordinal ? Block.Ordinal < other.Block.Ordinal : _order < other._order;
    }
}
