using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Flow;

internal enum ValueKind
{
    This,
    Parameter,
    Local,
    Capture,

    /// <summary>A field or property of <see cref="Value.First"/> (static: of nothing).</summary>
    Member,

    /// <summary>What one operation yields, each time that it runs.</summary>
    Fresh,

    /// <summary>What a variable holds where paths with different values meet.</summary>
    Phi,

    /// <summary>A guard that a member returns, on its way out.</summary>
    Returned,

    /// <summary>Any element of the sequence <see cref="Value.First"/>.</summary>
    Element,

    /// <summary>What a collection has in it, until somebody writes to it.</summary>
    Contents,

    /// <summary>The element of the contents <see cref="Value.First"/> at <see cref="Value.Second"/>.</summary>
    Item,

    /// <summary>What a choice between values comes to, with the variables as they are.</summary>
    Choice,

    /// <summary>What a stable method answers to <see cref="Value.Second"/>.</summary>
    Pure,

    /// <summary>What a place yielded in an earlier round of a loop.</summary>
    Earlier,

    /// <summary>The child of <see cref="Value.First"/> by the name that is <see cref="Value.Second"/>.</summary>
    Child,
    Parent,

    /// <summary>A namespace whose text is known.</summary>
    Namespace,

    /// <summary>A constant of the language.</summary>
    Constant,
    Null,

    /// <summary>Whether <see cref="Value.First"/> is null.</summary>
    IsNull,

    /// <summary>Whether <see cref="Value.First"/> and <see cref="Value.Second"/> are the same.</summary>
    AreEqual,

    /// <summary>Whether <see cref="Value.First"/> is or lies above <see cref="Value.Second"/>.</summary>
    Contains,
    Not,

    /// <summary>A test that tells, where it is true, that <see cref="Value.First"/> is not null.</summary>
    ImpliesNotNull,

    /// <summary>A test that tells, where it is true, that <see cref="Value.First"/> and <see cref="Value.Second"/> are true.</summary>
    Both,

    /// <summary>A lambda.</summary>
    Lambda,
}

/// <summary>A value that code computes, by how it came to be: two expressions with one value are the same, whenever they run.</summary>
/// <remarks>
/// Interned by <see cref="ValueTable"/>, so that equality is identity. A variable (local, parameter, capture, field of an object) is denoted
/// by the value that it has before anybody writes to it, so one table serves places and what they hold.
/// What is not worth a name is null: it equals nothing, itself neither.
/// </remarks>
internal sealed class Value
{
    internal Value(int order, int hash, ValueKind kind, Value? first, Value? second, object? payload, ITypeSymbol? type, int index)
    {
        Order = order;
        Hash = hash;
        Index = index;
        Kind = kind;
        First = first;
        Second = second;
        Payload = payload;
        Type = type;
        Depth = 1 + Math.Max(first?.Depth ?? 0, second?.Depth ?? 0);
    }

    /// <summary>How many values its table made before it.</summary>
    public int Order { get; }
    public ValueKind Kind { get; }
    public Value? First { get; }
    public Value? Second { get; }

    /// <summary>The symbol, the syntax node or the constant that tells values of one kind apart.</summary>
    public object? Payload { get; }
    public ITypeSymbol? Type { get; }

    /// <summary>Tells values of one payload apart.</summary>
    public int Index { get; }
    public int Depth { get; }

    /// <summary>Of the table.</summary>
    internal int Hash { get; }

    /// <summary>The next in the table that begins with the same part of the hash.</summary>
    internal Value? Next { get; set; }

    /// <summary>Of a local variable or a capture, the part of its graph in which it can be read; null where all of it.</summary>
    public VariableScope? Scope { get; set; }

    public ISymbol? Symbol => Payload as ISymbol;

    public bool IsTrue => Kind == ValueKind.Constant && Payload is true;
    public bool IsFalse => Kind == ValueKind.Constant && Payload is false;

    /// <summary>Whether it is, or is made of, <paramref name="part"/>.</summary>
    public bool Mentions(Value part) =>
        ReferenceEquals(this, part) || (First is not null && First.Mentions(part)) || (Second is not null && Second.Mentions(part));

    public override string ToString() => Kind switch
    {
        ValueKind.This => "this",
        ValueKind.Member => First is null ? $"{Payload}" : $"{First}.{Symbol?.Name}",
        ValueKind.Child => $"{First}/{Second}",
        ValueKind.Null => "null",
        ValueKind.Fresh or ValueKind.Phi => $"{Kind}({Payload}{(First is null ? "" : "," + First)})",
        _ when First is null => $"{Symbol?.Name ?? Payload}",
        _ => $"{Kind}({First}{(Second is null ? "" : "," + Second)})",
    };
}
