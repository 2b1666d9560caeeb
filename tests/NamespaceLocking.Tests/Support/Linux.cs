namespace NamespaceLocking.Tests;

internal static class Linux
{
    /// <summary>Skips the test where there are no lock files.</summary>
    public static void Require() => Skip.IfNot(OperatingSystem.IsLinux(), "Lock files need Linux.");

    public static FileLockProvider CreateProvider(string directory, FileLockOptions? options = null)
    {
        Require();
        return new(directory, options ?? new());
    }
}
