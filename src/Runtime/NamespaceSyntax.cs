using System.Buffers;

namespace NamespaceLocking;

/// <summary>What makes a text a namespace, and words for what does not.</summary>
internal static class NamespaceSyntax
{
    private const string Digits = "0123456789";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> FirstCharacters = SearchValues.Create(Letters + Digits + "_");
    private static readonly SearchValues<char> Characters = SearchValues.Create(Letters + Digits + "_.-");

    private static readonly string Allowed =
        $"A namespace has at most {BackupNamespace.MaxDepth} components with one '/' between them (none before or after), and at most "
        + $"{BackupNamespace.MaxLength} characters in all; a component starts with an ASCII letter, a digit or '_' and goes on with "
        + "these, '.' and '-'.";

    internal const string AllowedInName = "It starts with an ASCII letter, a digit or '_' and goes on with these, '.' and '-'.";

    /// <summary>Why the name cannot be that of a group or a type of backups, or null where it can: the rules of a component.</summary>
    internal static string? FindErrorInName(string name) => name.Length == 0 ? "is empty" : FindCharacterError(name);

    /// <summary>Why the text is not a namespace, or null where it is one.</summary>
    internal static string? FindError(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return null;
        var number = 0;
        foreach (var range in text.Split('/'))
        {
            number++;
            var component = text[range];
            var error = component.IsEmpty ? WhyEmpty(text, range.Start.GetOffset(text.Length))
                : number > BackupNamespace.MaxDepth ? $"is one more than the {BackupNamespace.MaxDepth} that there may be"
                : FindCharacterError(component)
                ?? (range.End.GetOffset(text.Length) > BackupNamespace.MaxLength
                    ? $"goes past the {BackupNamespace.MaxLength} characters that there may be" : null);
            if (error is not null)
            {
                var name = component.IsEmpty ? "" : $" ({Quoted.Text(component)})";
                return $"{Quoted.Text(text)} is not a namespace: component {number}{name} {error}. {Allowed}";
            }
        }
        return null;
    }

    /// <summary>Why the name cannot be that of a namespace directly below the parent, or null where it can.</summary>
    internal static string? FindErrorInChild(BackupNamespace parent, string name)
    {
        var length = (parent.IsRoot ? 0 : parent.ToString().Length + 1) + name.Length;
        var error = name.Length == 0 ? "is empty"
            : FindCharacterError(name)
            ?? (parent.Depth == BackupNamespace.MaxDepth
                ? $"would be component {BackupNamespace.MaxDepth + 1}, one more than there may be"
                : length > BackupNamespace.MaxLength
                    ? $"would make {length} characters, more than the {BackupNamespace.MaxLength} that there may be" : null);
        return error is null ? null : $"{Quoted.Text(name)} cannot name a child of {Quoted.Namespace(parent)}: it {error}. {Allowed}";
    }

    private static string WhyEmpty(ReadOnlySpan<char> text, int index) =>
        index == 0 ? "is empty, as the text starts with '/'"
        : index == text.Length ? "is empty, as the text ends with '/'"
        : "is empty, as one '/' follows another";

    private static string? FindCharacterError(ReadOnlySpan<char> component)
    {
        if (!FirstCharacters.Contains(component[0]))
            return $"starts with {Quoted.Character(component[0])}";
        var bad = component.IndexOfAnyExcept(Characters);
        return bad < 0 ? null : $"has {Quoted.Character(component[bad])} at position {bad + 1}";
    }
}
