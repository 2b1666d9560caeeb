namespace NamespaceLocking.Tool;

/// <summary>Goes through all that is below a lock directory, as far as locks use it. No symbolic link is followed.</summary>
internal static class LockTreeWalk
{
    /// <summary>What a name is for.</summary>
    private sealed record Expected(PlaceKind Kind, BackupName? Backup = null);

    /// <param name="directory">The lock directory.</param>
    /// <param name="only">The store to look at; null for all.</param>
    internal static IEnumerable<Place> Walk(string directory, string? only)
    {
        foreach (var place in Entries(directory, only ?? "", null, (name, _) => only is null || name == only ? new(PlaceKind.Directory) : null))
        {
            var store = Path.GetFileName(place.Path);
            yield return place with { Store = store };
            if (place.Kind == PlaceKind.Directory)
            {
                foreach (var inside in WalkStore(place.Path, store))
                    yield return inside;
            }
        }
    }

    private static IEnumerable<Place> WalkStore(string path, string store)
    {
        foreach (var place in Entries(path, store, LockName.Root, (file, kind) => Expect(file, kind, LockName.Parse)))
        {
            if (place.Kind != PlaceKind.Directory)
            {
                yield return place;
                continue;
            }
            var directory = Path.GetFileName(place.Path);
            var name = LockName.Parse(directory);
            yield return place with { Name = name };
            foreach (var below in directory == LockFileNames.Hashed ? WalkHashed(place.Path, store, name!) : WalkNamespace(place.Path, store, name!))
                yield return below;
        }
    }

    /// <summary>A namespace may be called "hashed" too: then its lock files are beside the long names of others.</summary>
    private static IEnumerable<Place> WalkHashed(string path, string store, LockName ns)
    {
        foreach (var place in Entries(path, store, ns, (file, kind) => ExpectHashed(file, kind, LockName.ParseHashed) ?? Expect(file, kind, IsHashed)))
        {
            if (place.Kind != PlaceKind.Directory)
            {
                // A long name directly below the store's "hashed" is one of the root's.
                yield return place.Backup is { Path: null } ? place with { Name = LockName.Root } : place;
                continue;
            }
            if (Path.GetFileName(place.Path) == LockFileNames.Hashed)
            {
                yield return place;
                foreach (var below in WalkHashedBackups(place.Path, store, ns))
                    yield return below;
                continue;
            }
            var name = LockName.ParseHashed(Path.GetFileName(place.Path))!;
            yield return place with { Name = name };
            foreach (var below in WalkNamespace(place.Path, store, name))
                yield return below;
        }
    }

    private static IEnumerable<Place> WalkNamespace(string path, string store, LockName ns)
    {
        foreach (var place in Entries(path, store, ns, (file, kind) => Expect(file, kind, IsHashed)))
        {
            yield return place;
            if (place.Kind != PlaceKind.Directory)
                continue;
            foreach (var below in WalkHashedBackups(place.Path, store, ns))
                yield return below;
        }
    }

    private static IEnumerable<Place> WalkHashedBackups(string path, string store, LockName ns) =>
        Entries(path, store, ns, (file, kind) => ExpectHashed(file, kind, _ => null) ?? new(PlaceKind.Unknown));

    /// <summary>The directory of long names in a namespace's directory is that namespace's.</summary>
    private static LockName? IsHashed(string directory) => directory == LockFileNames.Hashed ? LockName.Root : null;

    /// <summary>A group and a namespace may have one name: what is there decides.</summary>
    private static Expected Expect(string file, FileKind kind, Func<string, LockName?> parseDirectory) =>
        file == LockFileNames.LockFile ? new(PlaceKind.LockFile)
        : parseDirectory(file) is not null && (kind != FileKind.File || BackupName.Parse(file) is null) ? new(PlaceKind.Directory)
        : BackupName.Parse(file) is { } backup ? new(PlaceKind.LockFile, backup)
        : new(PlaceKind.Unknown);

    private static Expected? ExpectHashed(string file, FileKind kind, Func<string, LockName?> parseDirectory) =>
        parseDirectory(file) is not null && kind != FileKind.File ? new(PlaceKind.Directory)
        : BackupName.ParseHashed(file) is { } backup ? new(PlaceKind.LockFile, backup)
        : parseDirectory(file) is not null ? new(PlaceKind.Directory)
        : null;

    /// <param name="path">A directory.</param>
    /// <param name="store">The store that it belongs to.</param>
    /// <param name="ns">The namespace whose lock file it has.</param>
    /// <param name="expect">What a name in it is for; null for what is to be left out.</param>
    private static IEnumerable<Place> Entries(string path, string store, LockName? ns, Func<string, FileKind, Expected?> expect)
    {
        List<string> names;
        try
        {
            names = [.. Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException)
        {
            // Removed since it was found.
            yield break;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            names = [];
        }
        if (!Native.MayAccess(path, Native.Read | Native.Execute) && FileStatus.Of(path) is { } closed)
            yield return new(PlaceKind.Unreadable, path, closed, store, ns);
        foreach (var name in names)
        {
            var file = Path.Combine(path, name);
            if (FileStatus.Of(file) is { } status && expect(name, status.Kind) is { } expected)
                yield return new(KindOf(status, expected.Kind), file, status, store, ns, expected.Backup);
        }
    }

    private static PlaceKind KindOf(FileStatus status, PlaceKind expected) => (expected, status.Kind) switch
    {
        (PlaceKind.Directory, FileKind.Directory) => PlaceKind.Directory,
        (PlaceKind.LockFile, FileKind.File) => PlaceKind.LockFile,
        (PlaceKind.Unknown, _) => PlaceKind.Unknown,
        _ => PlaceKind.InTheWay,
    };
}
