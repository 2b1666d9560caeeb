namespace NamespaceLocking;

/// <summary>A request, with the nodes of its namespaces looked up.</summary>
internal readonly struct NodeRequest(LockNode first, LockNode? second, LockMode mode)
{
    internal LockMode Mode => mode;

    internal Attempt TryTake(long ticket, out LockLease? lease)
    {
        lease = null;
        if (second is not null)
            return NodePair.TryTake(first, second, ticket, out lease);
        var attempt = first.TryTake(mode, ticket);
        if (attempt.IsGranted)
            lease = first;
        return attempt;
    }

    internal void Join(Waiter waiter)
    {
        foreach (var (node, levelMode) in Levels())
            node.Join(waiter, levelMode);
    }

    internal void Leave(Waiter waiter)
    {
        foreach (var (node, _) in Levels())
            node.Leave(waiter);
    }

    private IEnumerable<(LockNode Node, LockMode Mode)> Levels()
    {
        var (left, right, asked) = (first, second, mode);
        return (second is null ? NodePair.Up(left) : NodePair.Up(left, right!))
            .Select(node => (node, node == left || node == right ? asked : LockMode.Shared));
    }
}
