namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>The analyzers' own copy of the runtime's enumeration: they reference annotations by name, never the assembly.</summary>
internal enum LockMode
{
    Shared,
    Exclusive,
}

internal static class LockModeText
{
    public static string Text(this LockMode mode) => mode == LockMode.Exclusive ? "exclusive" : "shared";
}
