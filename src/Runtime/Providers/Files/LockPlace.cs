using System.Text;

namespace NamespaceLocking;

/// <summary>Where a lock file is: below the lock directory, in a store's directory.</summary>
/// <remarks>Immutable. The path is kept as the kernel wants it: UTF-8 with a NUL at the end.</remarks>
internal sealed class LockPlace(string lockDirectory, string store, string pathInStore)
{
    private readonly byte[] _path = Encoding.UTF8.GetBytes($"{Path.Combine(lockDirectory, store, pathInStore)}\0");

    internal string Store => store;

    /// <summary>In UTF-8, with a NUL at the end.</summary>
    internal byte[] Utf8 => _path;

    /// <summary>Where in <see cref="Utf8"/> the path begins that leads from the store's directory to the file: all of it is ASCII.</summary>
    internal int StartInStore { get; } = Encoding.UTF8.GetByteCount(Path.Combine(lockDirectory, store)) + 1;

    /// <summary>Where in <see cref="Utf8"/> the file's own name begins.</summary>
    internal int StartOfName => _path.AsSpan().LastIndexOf((byte)'/') + 1;

    /// <summary>The absolute path.</summary>
    internal string FullPath => Encoding.UTF8.GetString(_path.AsSpan(..^1));

    /// <summary>The path from the store's directory: directories, and the file.</summary>
    internal string[] NamesInStore => Encoding.UTF8.GetString(_path.AsSpan(StartInStore..^1)).Split('/');

    /// <summary>Whether it is the lock file of the root namespace.</summary>
    internal bool IsOfRoot => _path.AsSpan(StartInStore..^1).SequenceEqual(LockFileNames.Utf8LockFile);
}
