using CsCheck;

namespace NamespaceLocking.Analyzers.PropertyTests.Programs;

internal enum NodeKind
{
    Operation,
    Assign,
    Declare,
    UsingDeclaration,
    UsingBlock,
    UsingExisting,
    Dispose,
    Copy,
    Clear,
    AssignNamespace,
    If,
    IfGranted,
    GuardClause,
    Loop,
    Try,
    Jump,
    DeclareBool,
    Discard,
    DisposeAtOnce,
}

/// <summary>
/// A statement before names are chosen: the numbers pick among what is in scope where it stands, so that every tree is a valid method,
/// and stays one when parts of it are taken away.
/// </summary>
internal sealed record Node(NodeKind Kind, int A, int B, int C, Node[] First, Node[] Second, Node[] Third)
{
    private static readonly Gen<NodeKind> Simple = Gen.Frequency(
        (10, Gen.Const(NodeKind.Operation)),
        (4, Gen.Const(NodeKind.Assign)),
        (3, Gen.Const(NodeKind.Declare)),
        (4, Gen.Const(NodeKind.UsingDeclaration)),
        (6, Gen.Const(NodeKind.Dispose)),
        (2, Gen.Const(NodeKind.Copy)),
        (1, Gen.Const(NodeKind.Clear)),
        (2, Gen.Const(NodeKind.AssignNamespace)),
        (3, Gen.Const(NodeKind.GuardClause)),
        (1, Gen.Const(NodeKind.Jump)),
        (1, Gen.Const(NodeKind.DeclareBool)),
        (1, Gen.Const(NodeKind.Discard)),
        (1, Gen.Const(NodeKind.DisposeAtOnce)));

    private static readonly Gen<NodeKind> Nested = Gen.Frequency(
        (3, Gen.Const(NodeKind.UsingBlock)),
        (1, Gen.Const(NodeKind.UsingExisting)),
        (5, Gen.Const(NodeKind.If)),
        (2, Gen.Const(NodeKind.IfGranted)),
        (3, Gen.Const(NodeKind.Loop)),
        (4, Gen.Const(NodeKind.Try)));

    private static readonly Gen<int> Pick = Gen.Int[0, 1023];

    /// <summary>The statements of a method.</summary>
    public static readonly Gen<Node[]> Method = Statements(3, 7);

    public int Size => 1 + SizeOf(First) + SizeOf(Second) + SizeOf(Third);

    public static int SizeOf(Node[] nodes) => nodes.Sum(node => node.Size);

    /// <summary>The trees that are this list made smaller in one place.</summary>
    public static IEnumerable<Node[]> Smaller(Node[] nodes)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            yield return [.. nodes[..i], .. nodes[(i + 1)..]];
            foreach (var part in new[] { node.First, node.Second, node.Third })
            {
                if (part.Length > 0)
                    yield return [.. nodes[..i], .. part, .. nodes[(i + 1)..]];
            }

            foreach (var smaller in Smaller(node.First))
                yield return [.. nodes[..i], node with { First = smaller }, .. nodes[(i + 1)..]];
            foreach (var smaller in Smaller(node.Second))
                yield return [.. nodes[..i], node with { Second = smaller }, .. nodes[(i + 1)..]];
            foreach (var smaller in Smaller(node.Third))
                yield return [.. nodes[..i], node with { Third = smaller }, .. nodes[(i + 1)..]];
        }
    }

    /// <summary>The trees in which one number is zero that is not: the plainer form of a statement.</summary>
    public static IEnumerable<Node[]> Plainer(Node[] nodes)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            if (node.A != 0)
                yield return [.. nodes[..i], node with { A = 0 }, .. nodes[(i + 1)..]];
            if (node.B != 0)
                yield return [.. nodes[..i], node with { B = 0 }, .. nodes[(i + 1)..]];
            if (node.C != 0)
                yield return [.. nodes[..i], node with { C = 0 }, .. nodes[(i + 1)..]];
            foreach (var plainer in Plainer(node.First))
                yield return [.. nodes[..i], node with { First = plainer }, .. nodes[(i + 1)..]];
            foreach (var plainer in Plainer(node.Second))
                yield return [.. nodes[..i], node with { Second = plainer }, .. nodes[(i + 1)..]];
            foreach (var plainer in Plainer(node.Third))
                yield return [.. nodes[..i], node with { Third = plainer }, .. nodes[(i + 1)..]];
        }
    }

    private static Gen<Node[]> Statements(int depth, int most) => One(depth).Array[0, most];

    private static Gen<Node> One(int depth)
    {
        var leaf = Gen.Select(Simple, Pick, Pick, Pick, (kind, a, b, c) => new Node(kind, a, b, c, [], [], []));
        if (depth == 0)
            return leaf;
        var inner = Statements(depth - 1, 4);
        var nested = Gen.Select(Nested, Pick, Pick, Pick, inner, inner, inner, (kind, a, b, c, first, second, third) => kind switch
        {
            NodeKind.If or NodeKind.IfGranted => new Node(kind, a, b, c, first, second, []),
            NodeKind.Try => new Node(kind, a, b, c, first, second, third),
            _ => new Node(kind, a, b, c, first, [], []),
        });
        return Gen.Frequency((3, leaf), (1, nested));
    }
}
