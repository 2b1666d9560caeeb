namespace NamespaceLocking;

/// <summary>The locks that <see cref="NamespaceLockServices.AddNamespaceLocks"/> registers. Checked when the host starts.</summary>
public sealed class NamespaceLocksOptions
{
    /// <summary>The absolute path of the lock directory. Required, unless <see cref="IsInProcess"/>.</summary>
    public string? Directory { get; set; }

    /// <summary>Whether locks are kept in this process alone, without files: for tests, and programs of one process.</summary>
    public bool IsInProcess { get; set; }

    /// <summary>How lock files are made, and how many are kept open.</summary>
    public FileLockOptions Files { get; set; } = new();

    /// <inheritdoc cref="NamespaceLockOptions.CaptureAcquisitionPlaces"/>
    public bool CaptureAcquisitionPlaces { get; set; }
}
