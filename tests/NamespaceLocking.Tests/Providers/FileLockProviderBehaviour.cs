namespace NamespaceLocking.Tests;

/// <summary>The suite of every provider, on files.</summary>
public sealed class FileLockProviderBehaviour : ProviderBehaviour
{
    private readonly TemporaryDirectory _directory = new();
    private FileLockProvider? _provider;

    protected override ILockProvider Provider => _provider ??= Linux.CreateProvider(_directory.Path);

    public override void Dispose()
    {
        _directory.Dispose();
        base.Dispose();
    }
}
