using System.Collections;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>From values to values: an immutable array of pairs in the order in which the table made the keys.</summary>
/// <remarks>A body has few variables that hold anything at one point, so that to copy them costs less than the nodes of a tree.</remarks>
internal sealed class ValueMap : IEnumerable<KeyValuePair<Value, Value>>
{
    private readonly ImmutableArray<KeyValuePair<Value, Value>> _pairs;

    private ValueMap(ImmutableArray<KeyValuePair<Value, Value>> pairs)
    {
        _pairs = pairs;
    }

    public static ValueMap Empty { get; } = new([]);

    public bool IsEmpty => _pairs.IsEmpty;

    public bool TryGetValue(Value key, out Value value)
    {
        var index = IndexOf(key);
        value = index >= 0 ? _pairs[index].Value : null!;
        return index >= 0;
    }

    public bool ContainsKey(Value key) => IndexOf(key) >= 0;

    /// <summary>The map itself where the key has that value already.</summary>
    public ValueMap SetItem(Value key, Value value)
    {
        var index = IndexOf(key);
        var pair = new KeyValuePair<Value, Value>(key, value);
        if (index < 0)
            return new ValueMap(_pairs.Insert(~index, pair));
        return ReferenceEquals(_pairs[index].Value, value) ? this : new ValueMap(_pairs.SetItem(index, pair));
    }

    public ValueMap Remove(Value key)
    {
        var index = IndexOf(key);
        return index < 0 ? this : new ValueMap(_pairs.RemoveAt(index));
    }

    /// <summary>The map itself where nothing is removed.</summary>
    public ValueMap RemoveAll(Predicate<KeyValuePair<Value, Value>> match)
    {
        var rest = _pairs.RemoveAll(match);
        return rest == _pairs ? this : new ValueMap(rest);
    }

    /// <summary>The map without the variables that cannot be read in the block.</summary>
    public ValueMap VisibleIn(ControlFlowGraph graph, BasicBlock block)
    {
        foreach (var pair in _pairs)
        {
            if (IsHidden(pair.Key, graph, block))
                return WithoutHidden(graph, block);
        }

        return this;
    }

    private ValueMap WithoutHidden(ControlFlowGraph graph, BasicBlock block) => RemoveAll(pair => IsHidden(pair.Key, graph, block));

    private static bool IsHidden(Value variable, ControlFlowGraph graph, BasicBlock block) => variable.Scope is { } scope && scope.IsLeftIn(graph, block);

    public ImmutableArray<KeyValuePair<Value, Value>>.Enumerator GetEnumerator() => _pairs.GetEnumerator();

    IEnumerator<KeyValuePair<Value, Value>> IEnumerable<KeyValuePair<Value, Value>>.GetEnumerator() => ((IEnumerable<KeyValuePair<Value, Value>>)_pairs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_pairs).GetEnumerator();

    private int IndexOf(Value key)
    {
        var (low, high) = (0, _pairs.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var difference = _pairs[middle].Key.Order - key.Order;
            if (difference == 0)
                return middle;
            if (difference < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }
}
