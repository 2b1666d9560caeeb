using System.Collections.Concurrent;

namespace NamespaceLocking
{
    internal static partial class LibC
    {
        internal static int Close(nint descriptor) => Exploration.Descriptors.Close(descriptor);
    }
}

namespace NamespaceLocking.Exploration
{
    /// <summary>Descriptors that are nothing but numbers, of which it is known which are open.</summary>
    internal static class Descriptors
    {
        private static readonly ConcurrentDictionary<nint, bool> Opened = new();
        private static int _last = 1_000_000;

        internal static int Open()
        {
            var descriptor = System.Threading.Interlocked.Increment(ref _last);
            Opened[descriptor] = true;
            return descriptor;
        }

        internal static bool IsOpen(int descriptor) => Opened.ContainsKey(descriptor);

        internal static int Close(nint descriptor)
        {
            Explorer.MaySwitch();
            Assert.True(Opened.TryRemove(descriptor, out _), $"Descriptor {descriptor} is closed twice.");
            return 0;
        }
    }
}
