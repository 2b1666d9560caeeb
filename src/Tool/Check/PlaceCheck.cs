namespace NamespaceLocking.Tool;

/// <summary>Whether a directory or file is as locks need it.</summary>
internal static class PlaceCheck
{
    private const UnixFileMode WritableByAll = UnixFileMode.OtherWrite;

    internal static IEnumerable<Finding> CheckTop(string directory, FileStatus status)
    {
        if (!Native.MayAccess(directory, Native.Write | Native.Execute))
        {
            yield return new(
                Severity.Problem, "no-access", directory,
                $"This user may not write and search it ({Describe(status)}): no store can be made in it.");
        }
        if (IsOpenToAll(status))
            yield return OpenToAll(directory, status);
    }

    /// <param name="place">What to look at.</param>
    /// <param name="top">The lock directory, whose owner and group are those that are to use it.</param>
    internal static IEnumerable<Finding> Check(Place place, FileStatus top) => place.Kind switch
    {
        PlaceKind.InTheWay => [InTheWay(place)],
        PlaceKind.Unknown => [new(
            Severity.Warning, "unknown-file", place.Path,
            "No lock uses a file of this name here. Move it away, unless you know what it is for.")],
        // Said already where no lock file can be made in it either.
        PlaceKind.Unreadable => !Native.MayAccess(place.Path, NeededOf(isFile: false)) ? [] : [new(
            Severity.Problem, "no-access", place.Path,
            $"This user may not list it ({Describe(place.Status)}): what is in it was not checked.")],
        _ => CheckPermissions(place, top),
    };

    private static Finding InTheWay(Place place)
    {
        var name = Path.GetFileName(place.Path);
        var belongs = name == LockFileNames.LockFile || place.Backup is not null ? "lock file"
            : name == LockFileNames.Hashed ? "directory of long names"
            : place.Name is null ? "directory of a store" : "directory of a namespace";
        return place.Status.Kind == FileKind.SymbolicLink
            ? new(
                Severity.Problem, "symbolic-link", place.Path,
                $"A symbolic link is where the {belongs} belongs. None is followed here: remove it.")
            : new(
                Severity.Problem, "in-the-way", place.Path,
                $"{NameOf(place.Status.Kind)} is where the {belongs} belongs: move it aside.");
    }

    private static IEnumerable<Finding> CheckPermissions(Place place, FileStatus top)
    {
        var isFile = place.Kind == PlaceKind.LockFile;
        if (!Native.MayAccess(place.Path, NeededOf(isFile)))
        {
            yield return new(
                Severity.Problem, "no-access", place.Path,
                isFile ? $"This user may not read and write it ({Describe(place.Status)}), and so cannot lock it."
                    : $"This user may not write and search it ({Describe(place.Status)}): no lock file can be made in it.");
        }
        if (!MayUse(place.Status, isFile, top.User, null))
        {
            yield return new(
                Severity.Warning, "closed-to-owner", place.Path,
                $"The owner of the lock directory (user {top.User}) may not use it ({Describe(place.Status)}).");
        }
        else if (top.Mode.HasFlag(UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute)
            && !MayUse(place.Status, isFile, null, top.Group))
        {
            yield return new(
                Severity.Warning, "closed-to-group", place.Path,
                $"The lock directory is open to its group ({top.Group}), and this is not ({Describe(place.Status)}): "
                + "members of the group are refused. A umask such as 0002, and a directory with the set-group-ID bit, keep it open.");
        }
        if (!isFile && IsOpenToAll(place.Status))
            yield return OpenToAll(place.Path, place.Status);
    }

    private static Finding OpenToAll(string path, FileStatus status) => new(
        Severity.Warning, "open-to-all", path,
        $"Every user may write into it ({Describe(status)}), and so remove a lock file that is held, after which it keeps nobody out.");

    private static bool IsOpenToAll(FileStatus status) =>
        status.Mode.HasFlag(WritableByAll) && !status.Mode.HasFlag(UnixFileMode.StickyBit);

    private static int NeededOf(bool isFile) => isFile ? Native.Read | Native.Write : Native.Write | Native.Execute;

    /// <summary>Whether that user, or else a member of that group, may use it; root may always.</summary>
    private static bool MayUse(FileStatus status, bool isFile, uint? user, uint? group)
    {
        const int User = 6;
        const int Group = 3;
        var needed = NeededOf(isFile);
        return user == 0 || Grants(status.User == user ? User : status.Group == group ? Group : 0);

        bool Grants(int shift) => (((int)status.Mode >> shift) & needed) == needed;
    }

    private static string NameOf(FileKind kind) => kind switch
    {
        FileKind.File => "A plain file",
        FileKind.Directory => "A directory",
        _ => "A socket, pipe or device",
    };

    private static string Describe(FileStatus status) =>
        $"mode {Convert.ToString((int)status.Mode, 8).PadLeft(4, '0')}, user {status.User}, group {status.Group}";
}
