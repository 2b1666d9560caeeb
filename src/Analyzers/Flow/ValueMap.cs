using System.Collections;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>From values to values: an array of pairs that never changes, in the order in which the table made the keys.</summary>
/// <remarks>A body has few variables that hold anything at one point, so that to copy them costs less than the nodes of a tree.</remarks>
internal sealed class ValueMap : IEnumerable<KeyValuePair<Value, Value>>
{
    private readonly KeyValuePair<Value, Value>[] _pairs;

    private ValueMap(KeyValuePair<Value, Value>[] pairs)
    {
        _pairs = pairs;
    }

    public static ValueMap Empty { get; } = new([]);

    public bool IsEmpty => _pairs.Length == 0;

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
        if (index >= 0 && ReferenceEquals(_pairs[index].Value, value))
            return this;
        var place = index < 0 ? ~index : index;
        var rest = index < 0 ? place : place + 1;
        var pairs = new KeyValuePair<Value, Value>[_pairs.Length + (place + 1 - rest)];
        Array.Copy(_pairs, pairs, place);
        pairs[place] = new(key, value);
        Array.Copy(_pairs, rest, pairs, place + 1, _pairs.Length - rest);
        return new ValueMap(pairs);
    }

    public ValueMap Remove(Value key) => ContainsKey(key) ? RemoveAll(pair => ReferenceEquals(pair.Key, key)) : this;

    /// <summary>The map itself where nothing is removed.</summary>
    public ValueMap RemoveAll(Predicate<KeyValuePair<Value, Value>> match)
    {
        var rest = Array.FindAll(_pairs, pair => !match(pair));
        return rest.Length == _pairs.Length ? this : new ValueMap(rest);
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

    private ValueMap WithoutHidden(ControlFlowGraph graph, BasicBlock block)
    {
        var count = 0;
        foreach (var pair in _pairs)
            count += IsHidden(pair.Key, graph, block) ? 0 : 1;
        if (count == 0)
            return Empty;
        var visible = new KeyValuePair<Value, Value>[count];
        count = 0;
        foreach (var pair in _pairs)
        {
            if (!IsHidden(pair.Key, graph, block))
                visible[count++] = pair;
        }

        return new ValueMap(visible);
    }

    private static bool IsHidden(Value variable, ControlFlowGraph graph, BasicBlock block) => variable.Scope is { } scope && scope.IsLeftIn(graph, block);

    public Enumerator GetEnumerator() => new(_pairs);

    IEnumerator<KeyValuePair<Value, Value>> IEnumerable<KeyValuePair<Value, Value>>.GetEnumerator() => ((IEnumerable<KeyValuePair<Value, Value>>)_pairs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _pairs.GetEnumerator();

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

    /// <summary>Allocates nothing.</summary>
    public struct Enumerator(KeyValuePair<Value, Value>[] pairs)
    {
        private int _index = -1;

        public readonly KeyValuePair<Value, Value> Current => pairs[_index];

        public bool MoveNext() => ++_index < pairs.Length;
    }
}
