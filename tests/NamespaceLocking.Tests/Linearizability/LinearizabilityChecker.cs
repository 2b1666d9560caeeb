namespace NamespaceLocking.Tests;

/// <summary>
/// Whether there is one order of all calls of a history, which keeps the order of those that did not overlap, in which each has
/// the result that it had: a request is granted when and only when nothing that is held rules it out.
/// </summary>
internal sealed class LinearizabilityChecker
{
    private readonly IReadOnlyList<Operation> _history;
    private readonly HashSet<int> _deadEnds = [];

    private LinearizabilityChecker(IReadOnlyList<Operation> history) => _history = history;

    /// <summary>Checks a history of at most 31 calls that begins with nothing held.</summary>
    internal static bool IsLinearizable(IReadOnlyList<Operation> history)
    {
        Assert.InRange(history.Count, 0, 31);
        return new LinearizabilityChecker(history).CanGoOn(0, []);
    }

    /// <summary>What is held follows from which calls took effect, so that a set of them is tried once.</summary>
    private bool CanGoOn(int done, List<Hold> held)
    {
        if (done == (1 << _history.Count) - 1)
            return true;
        if (_deadEnds.Contains(done))
            return false;
        // Nothing can come next that began after another one, still to come, had ended.
        var limit = Left(done).Min(index => _history[index].End);
        foreach (var index in Left(done))
        {
            var operation = _history[index];
            if (operation.Start > limit || !IsRightAfter(held, operation))
                continue;
            List<Hold> next = operation.Kind switch
            {
                OperationKind.Granted => [.. held, operation.Hold],
                OperationKind.Released => [.. held.Where(hold => hold != operation.Hold)],
                _ => held,
            };
            if (CanGoOn(done | (1 << index), next))
                return true;
        }
        _deadEnds.Add(done);
        return false;
    }

    private IEnumerable<int> Left(int done) => Enumerable.Range(0, _history.Count).Where(index => (done & (1 << index)) == 0);

    private static bool IsRightAfter(List<Hold> held, Operation operation) => operation.Kind switch
    {
        OperationKind.Granted => !held.Exists(operation.Hold.RulesOut),
        OperationKind.Refused => held.Exists(operation.Hold.RulesOut),
        _ => held.Contains(operation.Hold),
    };
}
