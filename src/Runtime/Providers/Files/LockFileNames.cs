using System.Security.Cryptography;
using System.Text;

namespace NamespaceLocking;

/// <summary>Where the lock file of a namespace is, for every program that follows the same scheme.</summary>
internal static class LockFileNames
{
    internal const string LockFile = ".ns-lock";

    private const int MaxNameBytes = 255;
    private const int KeptAtEachEnd = 80;

    /// <summary>The directories below the lock directory on the way to the lock file, one name each.</summary>
    internal static string[] DirectoriesOf(string store, BackupNamespace ns)
    {
        if (ns.IsRoot)
            return [store];
        // Components are ASCII without ':', so that no two namespaces share a name, and characters are bytes.
        var joined = ns.ToString().Replace('/', ':');
        return joined.Length <= MaxNameBytes ? [store, joined] : [store, "hashed", Shorten(joined)];
    }

    private static string Shorten(string joined)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(joined)));
        return $"{joined[..KeptAtEachEnd]}...{joined[^KeptAtEachEnd..]}-{hash}";
    }
}
