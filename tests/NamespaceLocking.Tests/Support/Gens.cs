using CsCheck;

namespace NamespaceLocking.Tests;

/// <summary>Random values for properties.</summary>
internal static class Gens
{
    private const string Letters = "abAZ09_";

    public static readonly Gen<string> Component =
        Gen.Select(Gen.Char[Letters], Gen.String[Gen.Char[Letters + ".-"], 0, 4], (first, rest) => first + rest);

    /// <summary>Namespaces that often lie above or below one another, and often differ in a character that sorts near '/'.</summary>
    public static readonly Gen<BackupNamespace> Namespace =
        Gen.OneOf(Component, AnyOf("a", "a-", "a.", "a0", "b")).List[0, BackupNamespace.MaxDepth]
            .Select(components => BackupNamespace.Parse(string.Join('/', components)));

    /// <summary>Few enough that two of them often meet: 15 places in a tree of two branches and three levels.</summary>
    public static readonly Gen<BackupNamespace> CrowdedNamespace =
        AnyOf("a", "b").List[0, 3].Select(components => BackupNamespace.Parse(string.Join('/', components)));

    public static readonly Gen<LockMode> Mode = AnyOf(LockMode.Shared, LockMode.Exclusive);

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
