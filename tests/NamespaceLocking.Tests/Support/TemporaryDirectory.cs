namespace NamespaceLocking.Tests;

/// <summary>A directory of one test's own, removed with all that is in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("namespace-locking-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
