using System.Collections.Concurrent;

namespace NamespaceLocking;

/// <summary>The managers of all datastores of a program, on one provider. Safe for use by several threads.</summary>
public sealed class NamespaceLockManagers
{
    private readonly ConcurrentDictionary<string, NamespaceLockManager> _managers = new();
    private readonly Func<string, NamespaceLockManager> _make;

    /// <summary>Managers on <paramref name="provider"/>.</summary>
    /// <param name="provider">Where the locks live.</param>
    /// <param name="options">What an operator is told.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public NamespaceLockManagers(ILockProvider provider, NamespaceLockOptions options)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        _make = store => new(store, provider, options);
    }

    /// <summary>The manager of the datastore <paramref name="store"/>: always the same one.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="store"/> is null.</exception>
    /// <exception cref="ArgumentException">The name cannot be a store's; the message says why.</exception>
    public NamespaceLockManager Get(string store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return _managers.GetOrAdd(store, _make);
    }
}
