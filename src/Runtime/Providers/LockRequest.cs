namespace NamespaceLocking;

/// <summary>
/// All that one acquisition asks for: a whole chain from the leaf up to the root, or two that meet. Granted as a whole or not at all.
/// </summary>
/// <remarks>Made by <see cref="NamespaceLockManager"/>; immutable, safe for use by several threads.</remarks>
public readonly struct LockRequest
{
    internal LockRequest(string store, BackupNamespace ns, LockMode mode)
    {
        ArgumentNullException.ThrowIfNull(ns);
        Store = store;
        Namespace = ns;
        Mode = mode;
    }

    private LockRequest(string store, BackupNamespace first, BackupNamespace second)
        : this(store, first, LockMode.Exclusive) => Second = second;

    /// <summary>The datastore's name, which is valid as the name of one directory.</summary>
    public string Store { get; }

    /// <summary>What is asked for; of two namespaces, the first as the caller gave them.</summary>
    public BackupNamespace Namespace { get; }

    /// <summary>How <see cref="Namespace"/> and <see cref="Second"/> are to be held; their ancestors are held shared.</summary>
    public LockMode Mode { get; }

    /// <summary>The other namespace of a request for two, neither of which covers the other; otherwise null.</summary>
    public BackupNamespace? Second { get; }

    /// <summary>Exclusive locks on two namespaces: one lock on the upper where one covers the other.</summary>
    internal static LockRequest ForBoth(string store, BackupNamespace first, BackupNamespace second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Contains(second) ? new(store, first, LockMode.Exclusive)
            : second.Contains(first) ? new(store, second, LockMode.Exclusive)
            : new(store, first, second);
    }

    /// <summary>
    /// Every lock that the request stands for, each namespace once, in the one order in which all requests are to take them:
    /// tree order backwards, so that a namespace comes before its ancestors and the root last.
    /// </summary>
    public IReadOnlyList<LockLevel> GetLevels()
    {
        var levels = new List<LockLevel>(Namespace.Depth + (Second?.Depth ?? 0) + 1);
        var (left, right) = (Namespace, Second ?? BackupNamespace.Root);
        while (left != right)
        {
            ref var next = ref left.CompareTo(right) > 0 ? ref left : ref right;
            levels.Add(new(next, ModeOf(next)));
            next = next.Parent;
        }
        for (; !left.IsRoot; left = left.Parent)
            levels.Add(new(left, ModeOf(left)));
        levels.Add(new(BackupNamespace.Root, ModeOf(BackupNamespace.Root)));
        return levels;
    }

    /// <summary>Whether a hold on one namespace, or on two, allows work that requires <paramref name="mode"/> on <paramref name="ns"/>.</summary>
    internal static bool Covers(BackupNamespace first, BackupNamespace? second, LockMode held, BackupNamespace ns, LockMode mode)
    {
        return CoversOne(first) || (second is not null && CoversOne(second));

        bool CoversOne(BackupNamespace holder) =>
            (held == LockMode.Exclusive && holder.Contains(ns)) || (mode == LockMode.Shared && ns.Contains(holder));
    }

    /// <summary>How the request is to hold one of its levels.</summary>
    internal LockMode ModeOf(BackupNamespace level) => level == Namespace || level == Second ? Mode : LockMode.Shared;
}
