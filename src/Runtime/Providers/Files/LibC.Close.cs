using System.Runtime.InteropServices;

namespace NamespaceLocking;

// In a file of its own, as tests put another one in its place that notices what is closed twice, or never.
internal static partial class LibC
{
    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(nint descriptor);
}
