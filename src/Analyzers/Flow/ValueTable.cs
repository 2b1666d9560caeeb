using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

/// <summary>Makes the values of one body, each once.</summary>
internal sealed class ValueTable
{
    /// <summary>A chain longer than this is not followed: a namespace has eight components at most, and loops must end.</summary>
    private const int MaxDepth = 16;

    /// <summary>Chains of values by their hashes: as many as most bodies need, since to grow costs more.</summary>
    private Value?[] _chains = new Value?[64];
    private int _count;

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

    public Value Capture(CaptureId id) => Make(ValueKind.Capture, index: id.GetHashCode());

    /// <remarks>A member of a generic type's object is the same one however the type is written.</remarks>
    public Value? Member(Value? receiver, ISymbol member, ITypeSymbol? type = null) => receiver is { Depth: >= MaxDepth }
        ? null
        : Make(ValueKind.Member, receiver, payload: member.IsStatic ? member : member.OriginalDefinition, type: type ?? (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type);

    /// <param name="site">The syntax that yields the value.</param>
    /// <param name="index">Tells several values of one site apart.</param>
    public Value Fresh(SyntaxNode site, ITypeSymbol? type, int index = 0) =>
        Make(ValueKind.Fresh, payload: site, type: type, index: index);

    /// <param name="place">The variable.</param>
    /// <param name="node">Where the paths meet.</param>
    public Value Phi(Value place, object node) => Make(ValueKind.Phi, place, payload: node, type: place.Type);

    /// <summary>The variable that a guard is in from its return on.</summary>
    public Value Returned(SyntaxNode site, int index) => Make(ValueKind.Returned, payload: site, index: index);

    public Value Element(Value sequence, ITypeSymbol type) => Make(ValueKind.Element, sequence, type: type);

    public Value Contents(Value collection) => Make(ValueKind.Contents, collection);

    public Value? Item(Value contents, Value index, ITypeSymbol? type) =>
        contents.Depth >= MaxDepth || index.Depth >= MaxDepth ? null : Make(ValueKind.Item, contents, index, type: type);

    public Value? Pure(Value? receiver, IMethodSymbol method, Value? argument) => receiver?.Depth >= MaxDepth || argument?.Depth >= MaxDepth
        ? null
        : Make(ValueKind.Pure, receiver, argument, method, method.ReturnType);

    public Value? ImpliesNotNull(Value? value) => value is null ? null : Make(ValueKind.ImpliesNotNull, value);

    /// <summary>What the place yielded in an earlier round. It does not mention the value: that is this round's.</summary>
    public Value Earlier(Value value) => value.Kind == ValueKind.Earlier ? value : Make(ValueKind.Earlier, payload: value, type: value.Type);

    public Value Choice(Choice choice, ITypeSymbol? type) => Make(ValueKind.Choice, payload: choice, type: type);

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
        // Made of one another again and again, values have more ways through them than anybody can go.
        if (left is null or { Depth: >= MaxDepth } || right is null or { Depth: >= MaxDepth })
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

    public Value? Both(Value? left, Value? right)
    {
        if ((left is null && right is null) || left?.Depth >= MaxDepth || right?.Depth >= MaxDepth)
            return null;
        return left is { IsFalse: true } || right is { IsFalse: true } ? False : Make(ValueKind.Both, left ?? True, right ?? True);
    }

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
            ValueKind.Both => Both(first, second),
            _ => Make(value.Kind, first, second, value.Payload, value.Type, value.Index),
        };
    }

    private Value Make(ValueKind kind, Value? first = null, Value? second = null, object? payload = null, ITypeSymbol? type = null, int index = 0)
    {
        var hash = HashOf(kind, first, second, payload, index);
        for (var value = _chains[hash & (_chains.Length - 1)]; value is not null; value = value.Next)
        {
            if (value.Hash == hash && value.Kind == kind && value.Index == index && ReferenceEquals(value.First, first) && ReferenceEquals(value.Second, second)
                && IsSame(value.Payload, payload))
            {
                return value;
            }
        }

        if (_count == _chains.Length)
            Grow();
        var made = new Value(_count++, hash, kind, first, second, payload, type, index);
        Link(made);
        return made;
    }

    private void Grow()
    {
        var former = _chains;
        _chains = new Value?[2 * former.Length];
        foreach (var chain in former)
        {
            for (var value = chain; value is not null;)
            {
                var next = value.Next;
                Link(value);
                value = next;
            }
        }
    }

    private void Link(Value value)
    {
        ref var chain = ref _chains[value.Hash & (_chains.Length - 1)];
        value.Next = chain;
        chain = value;
    }

    private static bool IsSame(object? one, object? other) => ReferenceEquals(one, other)
        || (one is ISymbol symbol ? SymbolEqualityComparer.Default.Equals(symbol, other as ISymbol) : Equals(one, other));

    private static int HashOf(ValueKind kind, Value? first, Value? second, object? payload, int index)
    {
        // The hash of a symbol goes through all that it is made of, and one of identity is dear the first time.
        var hash = payload switch
        {
            // The compiler's own variables have no name.
            ISymbol symbol => symbol.Name?.GetHashCode() ?? 0,
            SyntaxNode node => node.FullSpan.Start,
            Value value => value.Order,
            Choice choice => choice.Text.GetHashCode(),
            _ => payload?.GetHashCode() ?? 0,
        };
        hash = hash * 31 + (int)kind;
        hash = hash * 31 + index;
        hash = hash * 31 + (first?.Order ?? -1);
        hash = hash * 31 + (second?.Order ?? -1);
        return hash ^ (hash >> 16);
    }
}
