namespace NamespaceLocking;

/// <summary>What a provider hands out for a granted request, and takes back when the guard is disposed.</summary>
/// <remarks>
/// One object may be handed out for several grants at the same time, if the provider counts them: the guards see to it that each
/// grant is released once.
/// </remarks>
public abstract class LockLease
{
    /// <summary>Cancelled when the provider has lost the locks; the default can never be.</summary>
    public virtual CancellationToken Lost => CancellationToken.None;

    /// <summary>Gives all levels back. Called once for each grant, from any thread, also after a loss; must not throw.</summary>
    public abstract void Release();

    /// <summary>As <see cref="Release"/>, for providers that have to wait for it.</summary>
    public virtual ValueTask ReleaseAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }
}
