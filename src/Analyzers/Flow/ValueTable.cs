using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Makes the values of one body, each once.</summary>
internal sealed class ValueTable
{
    /// <summary>A chain longer than this is not followed: a namespace has eight components at most, and loops must end.</summary>
    private const int MaxDepth = 16;

    /// <summary>As large as most bodies need, since to grow costs more.</summary>
    private readonly Dictionary<Key, Value> _values = new(40, KeyComparer.Instance);

    public ValueTable()
    {
        Null = Make(ValueKind.Null);
        True = Constant(true);
        False = Constant(false);
        Root = Namespace("");
    }

    public Value Null { get; }
    public Value True { get; }
    public Value False { get; }
    public Value Root { get; }

    public Value This(ITypeSymbol type) => Make(ValueKind.This, type: type);

    public Value Parameter(IParameterSymbol parameter) => Make(ValueKind.Parameter, payload: parameter, type: parameter.Type);

    public Value Local(ILocalSymbol local) => Make(ValueKind.Local, payload: local, type: local.Type);

    public Value Capture(CaptureId id) => Make(ValueKind.Capture, payload: id);

    public Value? Member(Value? receiver, ISymbol member, ITypeSymbol? type = null) => receiver is { Depth: >= MaxDepth }
        ? null
        : Make(ValueKind.Member, receiver, payload: member, type: type ?? (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type);

    /// <param name="site">The syntax that yields the value.</param>
    /// <param name="index">Tells several values of one site apart.</param>
    public Value Fresh(SyntaxNode site, ITypeSymbol? type, int index = 0) =>
        Make(ValueKind.Fresh, Constant(index), payload: site, type: type);

    /// <param name="place">The variable.</param>
    /// <param name="node">Where the paths meet.</param>
    public Value Phi(Value place, object node) => Make(ValueKind.Phi, place, payload: node, type: place.Type);

    /// <summary>The variable that a guard is in from its return on.</summary>
    public Value Returned(SyntaxNode site, int index) => Make(ValueKind.Returned, Constant(index), payload: site);

    public Value Element(Value sequence, ITypeSymbol type) => Make(ValueKind.Element, sequence, type: type);

    public Value? Pure(Value? receiver, IMethodSymbol method, Value? argument) => receiver?.Depth >= MaxDepth || argument?.Depth >= MaxDepth
        ? null
        : Make(ValueKind.Pure, receiver, argument, method, method.ReturnType);

    public Value? ImpliesNotNull(Value? value) => value is null ? null : Make(ValueKind.ImpliesNotNull, value);

    /// <summary>What the place yielded in an earlier round. It does not mention the value: that is this round's.</summary>
    public Value Earlier(Value value) => value.Kind == ValueKind.Earlier ? value : Make(ValueKind.Earlier, payload: value, type: value.Type);

    public Value Namespace(string path) => Make(ValueKind.Namespace, payload: path);

    public Value Constant(object? value) => value is null ? Null : Make(ValueKind.Constant, payload: value);

    public Value? Child(Value? parent, Value? name)
    {
        if (parent is null || name is null || parent.Depth >= MaxDepth)
            return null;
        return parent.Kind == ValueKind.Namespace && name is { Kind: ValueKind.Constant, Payload: string text }
            ? Namespace(parent.Payload is "" ? text : parent.Payload + "/" + text)
            : Make(ValueKind.Child, parent, name);
    }

    public Value? Parent(Value? child) => child switch
    {
        null or { Depth: >= MaxDepth } => null,
        { Kind: ValueKind.Child } => child.First,
        { Kind: ValueKind.Namespace, Payload: string path } => Namespace(path.LastIndexOf('/') is var slash and >= 0 ? path.Substring(0, slash) : ""),
        _ => Make(ValueKind.Parent, child),
    };

    public Value? IsNull(Value? value) => value switch
    {
        null => null,
        { Kind: ValueKind.Null } => True,
        { Kind: ValueKind.Constant or ValueKind.Namespace or ValueKind.Child or ValueKind.Parent or ValueKind.This or ValueKind.Lambda } => False,
        _ => Make(ValueKind.IsNull, value),
    };

    public Value? AreEqual(Value? left, Value? right)
    {
        if (left is null || right is null)
            return null;
        if (ReferenceEquals(left, right))
            return True;
        if (left.Kind == ValueKind.Null)
            return IsNull(right);
        if (right.Kind == ValueKind.Null)
            return IsNull(left);
        if (left.IsTrue || right.IsTrue)
            return left.IsTrue ? right : left;
        if (left.IsFalse || right.IsFalse)
            return Not(left.IsFalse ? right : left);
        if (left.Kind == right.Kind && left.Kind is ValueKind.Constant or ValueKind.Namespace)
            return left.Kind == ValueKind.Namespace || left.Payload!.GetType() == right.Payload!.GetType() ? False : null;
        return Make(ValueKind.AreEqual, left, right);
    }

    public Value? Contains(Value? upper, Value? lower) => upper is null || lower is null ? null : Make(ValueKind.Contains, upper, lower);

    public Value? Not(Value? value) => value switch
    {
        null => null,
        { Kind: ValueKind.Not } => value.First,
        { IsTrue: true } => False,
        { IsFalse: true } => True,
        _ => Make(ValueKind.Not, value),
    };

    public Value Lambda(IFlowAnonymousFunctionOperation lambda) => Make(ValueKind.Lambda, payload: lambda);

    /// <summary>The same value with a part of it replaced; null where what is left has no name.</summary>
    public Value? Replace(Value? value, Value part, Value? replacement)
    {
        if (value is null || ReferenceEquals(value, part))
            return value is null ? null : replacement;
        if (!value.Mentions(part))
            return value;
        var first = Replace(value.First, part, replacement);
        var second = Replace(value.Second, part, replacement);
        if ((value.First is not null && first is null) || (value.Second is not null && second is null))
            return null;
        return value.Kind switch
        {
            ValueKind.Child => Child(first, second),
            ValueKind.Parent => Parent(first),
            ValueKind.IsNull => IsNull(first),
            ValueKind.AreEqual => AreEqual(first, second),
            ValueKind.Not => Not(first),
            _ => Make(value.Kind, first, second, value.Payload, value.Type),
        };
    }

    private Value Make(ValueKind kind, Value? first = null, Value? second = null, object? payload = null, ITypeSymbol? type = null)
    {
        var key = new Key(kind, first, second, payload);
        if (!_values.TryGetValue(key, out var value))
            _values.Add(key, value = new Value(_values.Count, kind, first, second, payload, type));
        return value;
    }

    private readonly struct Key(ValueKind kind, Value? first, Value? second, object? payload)
    {
        public readonly ValueKind Kind = kind;
        public readonly Value? First = first;
        public readonly Value? Second = second;
        public readonly object? Payload = payload;
    }

    private sealed class KeyComparer : IEqualityComparer<Key>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(Key x, Key y) => x.Kind == y.Kind && ReferenceEquals(x.First, y.First) && ReferenceEquals(x.Second, y.Second)
            && (x.Payload is ISymbol symbol
                ? SymbolEqualityComparer.Default.Equals(symbol, y.Payload as ISymbol)
                : Equals(x.Payload, y.Payload));

        public int GetHashCode(Key key)
        {
            // The hash of a symbol goes through all that it is made of, and one of identity is dear the first time.
            var hash = key.Payload switch
            {
                // The compiler's own variables have no name.
                ISymbol symbol => symbol.Name?.GetHashCode() ?? 0,
                SyntaxNode node => node.FullSpan.Start,
                Value value => value.Order,
                _ => key.Payload?.GetHashCode() ?? 0,
            };
            hash = hash * 31 + (int)key.Kind;
            hash = hash * 31 + (key.First?.Order ?? -1);
            return hash * 31 + (key.Second?.Order ?? -1);
        }
    }
}
