using NamespaceLocking;

namespace QuickStart;

/// <summary>Backups in a directory for each namespace. What it requires of its callers, the compiler checks.</summary>
internal sealed class Datastore(string directory)
{
    [RequiresLock(LockMode.Shared, nameof(ns))]
    public void Backup(BackupNamespace ns, string snapshot, TextReader content)
    {
        Directory.CreateDirectory(PathOf(ns));
        using var file = File.CreateText(Path.Combine(PathOf(ns), snapshot));
        while (content.ReadLine() is { } line)
            file.WriteLine(line);
    }

    [RequiresLock(LockMode.Exclusive, nameof(source))]
    [RequiresLock(LockMode.Exclusive, nameof(target))]
    public void Move(BackupNamespace source, BackupNamespace target)
    {
        Directory.CreateDirectory(PathOf(target.Parent));
        Directory.Move(PathOf(source), PathOf(target));
    }

    [RequiresLock(LockMode.Shared, nameof(ns))]
    public string Read(BackupNamespace ns, string snapshot) => File.ReadAllText(Path.Combine(PathOf(ns), snapshot));

    private string PathOf(BackupNamespace ns) => Path.Combine([directory, .. ns.Components]);
}
