namespace NamespaceLocking;

/// <summary>How <see cref="FileLockProvider"/> makes lock files, and how many it keeps open.</summary>
public sealed record FileLockOptions
{
    private const int MostKeptByDefault = 65_536;

    /// <summary>The permissions of a lock file that is made, less the umask: 0660 by default.</summary>
    public UnixFileMode FileMode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>The permissions of a directory that is made, less the umask: 0770 by default.</summary>
    public UnixFileMode DirectoryMode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>
    /// How many lock files that nobody holds stay open for the next time; of more, those that are used most often. By default a quarter
    /// of the descriptors that the process may have, and at most 65,536; each takes about half a kilobyte, most of it in the kernel.
    /// All are closed where the provider finds that the process has run out of descriptors.
    /// </summary>
    public int? KeptFiles { get; init; }

    /// <summary>Which of the settings cannot be used, and why; null where all can.</summary>
    internal string? FindError()
    {
        const UnixFileMode OfFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode OfDirectory = OfFile | UnixFileMode.UserExecute;
        return KeptFiles < 0 ? $"{nameof(KeptFiles)} is {KeptFiles}, which is less than none."
            : (FileMode & OfFile) != OfFile ? $"{nameof(FileMode)} is {FileMode}, so that not even its owner can open a lock file again."
            : (DirectoryMode & OfDirectory) != OfDirectory ? $"{nameof(DirectoryMode)} is {DirectoryMode}, so that not even its owner can use a directory."
            : null;
    }

    internal int GetKeptFiles() => KeptFiles
        ?? (LibC.GetLimit(LibC.OpenFilesLimit, out var limit) == 0 ? (int)Math.Min(limit.Current / 4, MostKeptByDefault) : 0);
}
