using System.Text.RegularExpressions;
using NamespaceLocking;

namespace BackupServer;

/// <summary>What is backed up; the names of directories, too.</summary>
internal enum BackupType
{
    Vm,
    Ct,
    Host,
}

/// <summary>All backups of one thing: <c>host/web1</c> in a namespace.</summary>
internal sealed partial record BackupGroup(BackupNamespace Namespace, BackupType Type, string Id)
{
    /// <summary>Without the namespace: <c>host/web1</c>.</summary>
    public string Name => $"{DirectoryOf(Type)}/{Id}";

    /// <summary>By what the annotations name the lock on the group, which is no namespace.</summary>
    public BackupNamespace Key => BackupNamespace.Root.Child(DirectoryOf(Type)).Child(Id);

    /// <summary>The group's snapshot of that time.</summary>
    [return: InNamespace("this.Namespace")]
    public Snapshot At(DateTime time) => new(this, time);

    /// <summary>The same group in another namespace.</summary>
    [return: InNamespace(nameof(ns))]
    public BackupGroup In(BackupNamespace ns) => this with { Namespace = ns };

    public override string ToString() => Namespace.IsRoot ? Name : $"{Namespace}:{Name}";

    public static string DirectoryOf(BackupType type) => type switch
    {
        BackupType.Vm => "vm",
        BackupType.Ct => "ct",
        _ => "host",
    };

    /// <exception cref="FormatException">The text is not <c>TYPE/ID</c>.</exception>
    public static BackupGroup Parse(BackupNamespace ns, string text) =>
        text.Split('/') is [var type, var id] && FindType(type) is { } known && IdSyntax().IsMatch(id) ? new(ns, known, id)
            : throw new FormatException($"'{text}' is not a backup group: write TYPE/ID, such as host/web1. TYPE is vm, ct or host; "
                + "ID starts with an ASCII letter, a digit or '_' and goes on with these, '.' and '-', 128 at most.");

    public static BackupType? FindType(string directory) => directory switch
    {
        "vm" => BackupType.Vm,
        "ct" => BackupType.Ct,
        "host" => BackupType.Host,
        _ => null,
    };

    public static bool IsId(string id) => IdSyntax().IsMatch(id);

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z")]
    private static partial Regex IdSyntax();
}
