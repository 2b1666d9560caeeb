namespace NamespaceLocking;

/// <summary>A lock was not granted in time.</summary>
public sealed class NamespaceLockedException : Exception
{
    private readonly Func<string, string> _describe;

    internal NamespaceLockedException(
        LockRequest request, TimeSpan timeout, BackupNamespace conflict, IReadOnlyList<LockHolder> holders)
        : base(Describe(request, Refusal.Describe(WhereOf(request, conflict), timeout, holders)))
    {
        _describe = howToWait => Describe(request, Refusal.Describe(WhereOf(request, conflict), timeout, holders, howToWait));
        Store = request.Store;
        Namespace = request.Second is { } second && !conflict.Contains(request.Namespace) ? second : request.Namespace;
        Mode = request.Mode;
        ConflictingNamespace = conflict;
        Holders = holders;
    }

    /// <summary>The datastore's name.</summary>
    public string Store { get; }

    /// <summary>What was asked for; of two namespaces, the one on whose way up the conflict is.</summary>
    public BackupNamespace Namespace { get; }

    /// <summary>How it was asked for.</summary>
    public LockMode Mode { get; }

    /// <summary>The namespace on the way up where the conflict is: what was asked for, or an ancestor of it.</summary>
    public BackupNamespace ConflictingNamespace { get; }

    /// <summary>Who holds it, as far as the provider can tell; never null. Empty where a holder is gone by now, or cannot be seen.</summary>
    public IReadOnlyList<LockHolder> Holders { get; }

    /// <summary>The message, with other words than the library's for what to do so that it waits.</summary>
    internal string Describe(string howToWait) => _describe(howToWait);

    private static string Describe(LockRequest request, string refusal)
    {
        var asked = request.Second is { } second ? $"{Quoted.Namespace(request.Namespace)} and {Quoted.Namespace(second)}"
            : Quoted.Namespace(request.Namespace);
        var mode = LockMetrics.NameOf(request.Mode);
        return $"Store {Quoted.Text(request.Store)}: no {mode} lock on {asked} {refusal}";
    }

    private static string WhereOf(LockRequest request, BackupNamespace conflict) =>
        conflict == request.Namespace && request.Second is null ? "it" : Quoted.Namespace(conflict);
}
