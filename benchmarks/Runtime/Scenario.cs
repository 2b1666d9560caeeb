namespace NamespaceLocking.Benchmarks;

/// <summary>One way to lock and unlock a namespace, with what it needs kept from one call to the next.</summary>
/// <param name="Name">As the table has it.</param>
/// <param name="Act">Acquires and releases; the argument counts up, and tells which of several namespaces it is.</param>
/// <param name="End">Gives back what the scenario holds all the time.</param>
internal sealed record Scenario(string Name, Action<int> Act, Action? End = null) : IDisposable
{
    public void Dispose() => End?.Invoke();
}
