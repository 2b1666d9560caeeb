using System.ComponentModel;
using System.Runtime.InteropServices;

namespace BackupServer;

/// <summary>What .NET has no call for.</summary>
internal static class FileSystem
{
    /// <summary>Forces to disk what was written to the file system on which the directory lies.</summary>
    public static void Sync(string directory)
    {
        using var handle = File.OpenHandle(Path.Combine(directory, ".sync"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        if (SyncFileSystem(handle) != 0)
            throw new IOException($"What was written to '{directory}' could not be forced to disk.", new Win32Exception(Marshal.GetLastPInvokeError()));
    }

    [DllImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static extern int SyncFileSystem(SafeHandle file);
}
