using System.Security.Cryptography;
using System.Text;

namespace NamespaceLocking;

/// <summary>Where in a store's directory a lock file is, for every program that follows the same scheme.</summary>
internal static class LockFileNames
{
    /// <summary>The name of a namespace's lock file, in the directory of that namespace.</summary>
    internal const string LockFile = ".ns-lock";

    /// <summary>The name of the directory of shortened names.</summary>
    internal const string Hashed = "hashed";

    private const int MaxNameBytes = 255;
    private const int KeptAtEachEnd = 80;

    internal static ReadOnlySpan<byte> Utf8LockFile => ".ns-lock"u8;

    /// <summary>The lock file of a namespace: <c>a:b/.ns-lock</c>.</summary>
    internal static string Of(BackupNamespace ns) => ns.IsRoot ? LockFile : $"{DirectoryOf(ns)}/{LockFile}";

    /// <summary>The directories below the lock directory on the way to a namespace's lock file, one name each.</summary>
    internal static string[] DirectoriesOf(string store, BackupNamespace ns) => ns.IsRoot ? [store] : [store, .. DirectoryOf(ns).Split('/')];

    /// <summary>The lock file of a group, a snapshot or a manifest: <c>a:b/vm-100</c>.</summary>
    internal static string Of(BackupLockTarget target)
    {
        var escaped = UnitName.Escape(target.Path);
        var name = IsShortened(escaped) ? $"{Hashed}/{Shorten(escaped, target.Path)}" : escaped;
        return target.Namespace.IsRoot ? name : $"{DirectoryOf(target.Namespace)}/{name}";
    }

    /// <summary>Whether the escaped path of a group, a snapshot or a manifest is too long to be its file's name.</summary>
    /// <remarks>From one byte less than the file system has room for, unlike a namespace's: so it is in the original.</remarks>
    internal static bool IsShortened(string escaped) => escaped.Length >= MaxNameBytes;

    // Components are ASCII without ':', so that no two namespaces share a name, and characters are bytes.
    private static string DirectoryOf(BackupNamespace ns)
    {
        var joined = ns.ToString().Replace('/', ':');
        return joined.Length <= MaxNameBytes ? joined : $"{Hashed}/{Shorten(joined, joined)}";
    }

    private static string Shorten(string name, string hashed)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(hashed)));
        return $"{name[..KeptAtEachEnd]}...{name[^KeptAtEachEnd..]}-{hash}";
    }
}
