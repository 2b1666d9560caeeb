using Microsoft.CodeAnalysis.FlowAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>The region of a graph that a variable belongs to: blocks outside it cannot read the variable. Those of a lambda in it are another graph's, and can.</summary>
internal sealed class VariableScope(ControlFlowGraph graph, ControlFlowRegion region)
{
    public bool IsLeftIn(ControlFlowGraph current, BasicBlock block) =>
        ReferenceEquals(current, graph) && (block.Ordinal < region.FirstBlockOrdinal || block.Ordinal > region.LastBlockOrdinal);

    /// <summary>Tells the variables of a graph where they can be read.</summary>
    public static void Set(ControlFlowGraph graph, ValueTable values) => Set(graph, graph.Root, values);

    private static void Set(ControlFlowGraph graph, ControlFlowRegion region, ValueTable values)
    {
        var scope = region.Locals.IsEmpty && region.CaptureIds.IsEmpty ? null : new VariableScope(graph, region);
        foreach (var local in region.Locals)
            values.Local(local).Scope = scope;
        foreach (var capture in region.CaptureIds)
            values.Capture(capture).Scope = scope;
        foreach (var nested in region.NestedRegions)
            Set(graph, nested, values);
    }
}
