namespace NamespaceLocking;

/// <summary>Exclusive holds on two namespaces, neither of which covers the other, taken and given back at one moment.</summary>
internal sealed class NodePair : LockLease
{
    private readonly LockNode _first;
    private readonly LockNode _second;

    private NodePair(LockNode first, LockNode second)
    {
        _first = first;
        _second = second;
    }

    internal static Attempt TryTake(LockNode first, LockNode second, long ticket, out LockLease? lease)
    {
        lease = null;
        // Prepared before anything is taken: there is no way back from an allocation that fails later.
        var pair = new NodePair(first, second);
        var gates = pair.EnterGates();
        try
        {
            var attempt = first.TryTake(LockMode.Exclusive, ticket);
            if (!attempt.IsGranted)
                return attempt;
            var isGranted = false;
            try
            {
                attempt = second.TryTake(LockMode.Exclusive, ticket);
                isGranted = attempt.IsGranted;
            }
            finally
            {
                if (!isGranted)
                    first.Undo();
            }
            if (isGranted)
                lease = pair;
            return attempt;
        }
        finally
        {
            gates.ForEach(node => node.Gate.Exit());
        }
    }

    public override void Release()
    {
        var gates = EnterGates();
        _second.Release();
        _first.Release();
        gates.ForEach(node => node.Gate.Exit());
    }

    /// <summary>The node and all above it.</summary>
    internal static IEnumerable<LockNode> Up(LockNode node)
    {
        for (var next = node; next is not null; next = next.Parent)
            yield return next;
    }

    /// <summary>Two nodes and all above them, each once, in tree order backwards: the order in which gates are entered.</summary>
    internal static IEnumerable<LockNode> Up(LockNode left, LockNode right)
    {
        while (left != right)
        {
            var isLeft = left.Namespace.CompareTo(right.Namespace) > 0;
            yield return isLeft ? left : right;
            (left, right) = isLeft ? (left.Parent!, right) : (left, right.Parent!);
        }
        foreach (var node in Up(left))
            yield return node;
    }

    private List<LockNode> EnterGates()
    {
        List<LockNode> nodes = [.. Up(_first, _second)];
        nodes.ForEach(node => node.Gate.Enter());
        return nodes;
    }
}
