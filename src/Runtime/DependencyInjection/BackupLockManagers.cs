using System.Collections.Concurrent;

namespace NamespaceLocking;

/// <summary>The managers of backup locks of all datastores of a program, on one provider. Safe for use by several threads.</summary>
public sealed class BackupLockManagers
{
    private readonly ConcurrentDictionary<string, BackupLockManager> _managers = new();
    private readonly Func<string, BackupLockManager> _make;

    /// <summary>Managers on <paramref name="provider"/>.</summary>
    /// <param name="provider">Where the locks live: a <see cref="FileLockProvider"/> or an <see cref="InProcessLockProvider"/>.</param>
    /// <param name="options">What an operator is told.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">It is another provider, which knows namespaces alone.</exception>
    public BackupLockManagers(ILockProvider provider, NamespaceLockOptions options)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(options);
        var locks = provider switch
        {
            FileLockProvider files => files.BackupLocks,
            InProcessLockProvider inProcess => inProcess.BackupLocks,
            _ => throw new ArgumentException(
                $"{provider.GetType()} has locks of namespaces alone: for groups, snapshots and manifests, use {nameof(FileLockProvider)} or "
                + $"{nameof(InProcessLockProvider)}.", nameof(provider)),
        };
        _make = store => new(store, locks, options);
    }

    /// <summary>The manager of the datastore <paramref name="store"/>: always the same one.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="store"/> is null.</exception>
    /// <exception cref="ArgumentException">The name cannot be a store's; the message says why.</exception>
    public BackupLockManager Get(string store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return _managers.GetOrAdd(store, _make);
    }
}
