using NamespaceLocking;

namespace BackupServer;

/// <summary>Where a namespace comes to lie when one above it, or it itself, is moved or copied.</summary>
internal static class NamespacePlace
{
    /// <param name="ns">A namespace at or below <paramref name="from"/>.</param>
    /// <param name="from">What is moved.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="FormatException">There would be too many levels.</exception>
    [return: DescendantOf(nameof(to))]
    public static BackupNamespace Of(BackupNamespace ns, BackupNamespace from, BackupNamespace to) =>
        BackupNamespace.Parse(string.Join('/', to.Components.Concat(ns.Components.Skip(from.Depth))));
}
