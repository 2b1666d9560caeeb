#pragma warning disable CS1591, CS1734, CA1000, CA2225
// The public surface that other people's code is written against: names, signatures, annotations.
// It compiles, and does nothing: every body throws. The project writes its own implementation and
// may add members; what stands here keeps its name, its shape and its meaning (CONTRACT.md says which).
#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace NamespaceLocking;

// ───────────────────────────── namespaces ─────────────────────────────

/// <summary>A place in a datastore's tree of namespaces, such as <c>a/b/c</c>; the root is the empty path. Immutable.</summary>
public sealed class BackupNamespace : IEquatable<BackupNamespace>, IComparable<BackupNamespace>, ISpanParsable<BackupNamespace>
{
    /// <summary>The most components that a namespace may have.</summary>
    public const int MaxDepth = 8;

    /// <summary>The most characters that a namespace's text may have, separators included.</summary>
    public const int MaxLength = 256;

    private BackupNamespace() { }

    public static BackupNamespace Root => throw null!;

    /// <summary>0 for the root.</summary>
    public int Depth => throw null!;

    public bool IsRoot => throw null!;

    /// <summary>The last component; empty for the root.</summary>
    public string Name => throw null!;

    public IReadOnlyList<string> Components => throw null!;

    /// <summary>The namespace one level up; the root is its own parent.</summary>
    [AncestorOf("this")]
    public BackupNamespace Parent => throw null!;

    [return: DescendantOf("this")]
    public BackupNamespace Child(string name) => throw null!;

    /// <summary>Whether <paramref name="other"/> is this namespace or lies below it.</summary>
    public bool Contains(BackupNamespace other) => throw null!;

    /// <exception cref="FormatException">The text is not a namespace; the message says which component and why.</exception>
    public static BackupNamespace Parse(string s, IFormatProvider? provider = null) => throw null!;
    public static BackupNamespace Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => throw null!;
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out BackupNamespace result) => throw null!;
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [MaybeNullWhen(false)] out BackupNamespace result) => throw null!;

    public bool Equals(BackupNamespace? other) => throw null!;
    public override bool Equals(object? obj) => throw null!;
    public override int GetHashCode() => throw null!;
    public int CompareTo(BackupNamespace? other) => throw null!;
    public override string ToString() => throw null!;
    public static bool operator ==(BackupNamespace? left, BackupNamespace? right) => throw null!;
    public static bool operator !=(BackupNamespace? left, BackupNamespace? right) => throw null!;
}

// ───────────────────────────── locks and guards ─────────────────────────────


/// <summary>Grants hierarchical namespace locks for one datastore. Not re-entrant.</summary>
/// <remarks>
/// Every acquisition takes <c>timeout</c>: zero, the default, asks once and does not wait.
/// <c>Acquire…</c> throws <see cref="NamespaceLockedException"/> when the lock is not granted in time,
/// <c>TryAcquire…</c> answers null.
/// </remarks>
public sealed class NamespaceLockManager
{
    public NamespaceLockManager(string store, ILockProvider provider) => throw null!;

    /// <summary>The datastore's name.</summary>
    public string Store => throw null!;

    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public NamespaceLockGuard AcquireShared(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;

    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public NamespaceLockGuard AcquireExclusive(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;

    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public NamespaceLockGuard? TryAcquireShared(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;

    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public NamespaceLockGuard? TryAcquireExclusive(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;

    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public ValueTask<NamespaceLockGuard> AcquireSharedAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;

    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public ValueTask<NamespaceLockGuard> AcquireExclusiveAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;

    [AcquiresLock(LockMode.Shared, nameof(ns))]
    public ValueTask<NamespaceLockGuard?> TryAcquireSharedAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;

    [AcquiresLock(LockMode.Exclusive, nameof(ns))]
    public ValueTask<NamespaceLockGuard?> TryAcquireExclusiveAsync(BackupNamespace ns, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;

    /// <summary>Exclusive locks on two namespaces at once, taken in one fixed order whatever the order given (a move's source and target).</summary>
    [AcquiresLock(LockMode.Exclusive, nameof(first))]
    [AcquiresLock(LockMode.Exclusive, nameof(second))]
    public NamespaceLockGuard AcquireExclusive(BackupNamespace first, BackupNamespace second, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;

    [AcquiresLock(LockMode.Exclusive, nameof(first))]
    [AcquiresLock(LockMode.Exclusive, nameof(second))]
    public ValueTask<NamespaceLockGuard> AcquireExclusiveAsync(BackupNamespace first, BackupNamespace second, TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;
}

/// <summary>Holds what one acquisition granted, from the leaf up to the root, until it is disposed. Disposing again does nothing.</summary>
[LockGuard]
public sealed class NamespaceLockGuard : IDisposable, IAsyncDisposable
{
    internal NamespaceLockGuard() { }

    public string Store => throw null!;
    public BackupNamespace Namespace => throw null!;
    public LockMode Mode => throw null!;

    /// <summary>False once disposed, or once the provider has reported the lock as lost.</summary>
    public bool IsHeld => throw null!;

    /// <summary>Cancelled when a provider that can lose locks (a lost database connection) has lost this one.</summary>
    public CancellationToken LostToken => throw null!;

    /// <summary>Throws unless this guard, still held, covers <paramref name="ns"/> in <paramref name="mode"/>.</summary>
    /// <exception cref="InvalidOperationException">It does not; the message says what it holds.</exception>
    [AssertsLock(LockMode.Shared, nameof(ns))]
    public void ThrowIfNotShared(BackupNamespace ns) => throw null!;

    /// <inheritdoc cref="ThrowIfNotShared"/>
    [AssertsLock(LockMode.Exclusive, nameof(ns))]
    public void ThrowIfNotExclusive(BackupNamespace ns) => throw null!;

    public void Dispose() => throw null!;
    public ValueTask DisposeAsync() => throw null!;
}

/// <summary>A lock was not granted in time.</summary>
public sealed class NamespaceLockedException : Exception
{
    internal NamespaceLockedException() { }

    public string Store => throw null!;

    /// <summary>What was asked for.</summary>
    public BackupNamespace Namespace => throw null!;
    public LockMode Mode => throw null!;

    /// <summary>The namespace on the way up where the conflict is.</summary>
    public BackupNamespace ConflictingNamespace => throw null!;

    /// <summary>Who holds it, as far as the provider can tell; never null.</summary>
    public IReadOnlyList<LockHolder> Holders => throw null!;
}


/// <summary>Where locks live: this process, a directory shared by processes, or a distributed engine.</summary>
public interface ILockProvider
{
    // its members are the project's to design; one request must be able to carry a whole chain
}

/// <summary>Locks within this process alone: tests, and programs of one process.</summary>
public sealed class InProcessLockProvider : ILockProvider
{
    public InProcessLockProvider() => throw null!;
}

/// <summary>Locks shared by the processes of one machine: flock(2) on files below a directory.</summary>
public sealed class FileLockProvider : ILockProvider
{
    public FileLockProvider(string directory) => throw null!;
}

