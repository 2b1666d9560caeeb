namespace NamespaceLocking.Tool;

/// <summary>Goes through all that is below a lock directory, as far as locks use it. No symbolic link is followed.</summary>
internal static class LockTreeWalk
{
    private const string HashedDirectory = "hashed";

    /// <param name="directory">The lock directory.</param>
    /// <param name="only">The store to look at; null for all.</param>
    internal static IEnumerable<Place> Walk(string directory, string? only)
    {
        foreach (var place in Entries(directory, only ?? "", null, name => only is null || name == only ? PlaceKind.Directory : null))
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
        foreach (var place in Entries(path, store, LockName.Root, file => Expect(file, LockName.Parse)))
        {
            if (place.Kind != PlaceKind.Directory)
            {
                yield return place;
                continue;
            }
            var directory = Path.GetFileName(place.Path);
            var name = LockName.Parse(directory);
            yield return place with { Name = name };
            // A namespace may be called "hashed" too: then its lock file is beside the directories of the long names.
            var inside = directory == HashedDirectory
                ? Entries(place.Path, store, name, file => Expect(file, LockName.ParseHashed)).SelectMany(below => WalkHashed(below, store))
                : Entries(place.Path, store, name, file => Expect(file, _ => null));
            foreach (var below in inside)
                yield return below;
        }
    }

    private static IEnumerable<Place> WalkHashed(Place place, string store)
    {
        if (place.Kind != PlaceKind.Directory)
            return [place];
        var name = LockName.ParseHashed(Path.GetFileName(place.Path));
        return Entries(place.Path, store, name, file => Expect(file, _ => null)).Prepend(place with { Name = name });
    }

    private static PlaceKind? Expect(string file, Func<string, LockName?> parse) =>
        file == LockFileNames.LockFile ? PlaceKind.LockFile
        : parse(file) is not null ? PlaceKind.Directory
        : PlaceKind.Unknown;

    /// <param name="path">A directory.</param>
    /// <param name="store">The store that it belongs to.</param>
    /// <param name="ns">The namespace whose lock file it has.</param>
    /// <param name="expect">What a name in it is for; null for what is to be left out.</param>
    private static IEnumerable<Place> Entries(string path, string store, LockName? ns, Func<string, PlaceKind?> expect)
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
            if (expect(name) is { } expected && FileStatus.Of(file) is { } status)
                yield return new(KindOf(status, expected), file, status, store, ns);
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
