using System.Text;

namespace NamespaceLocking;

/// <summary>Names as they stand in messages: in quotes, of bearable length, on one line.</summary>
internal static class Quoted
{
    private const int Longest = 160;

    internal static string Namespace(BackupNamespace ns) => ns.IsRoot ? "the root namespace" : $"'{ns}'";

    internal static string Text(ReadOnlySpan<char> text) => $"'{Printable(text)}'";

    /// <summary>A path in full, however long: an operator has to find it.</summary>
    internal static string Path(string path) => $"'{Escape(path)}'";

    internal static string Character(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}" : $"'{c}' (U+{(int)c:X4})";

    /// <summary>The text, cut where it is long, with an escape for each character that would break a line or a terminal.</summary>
    internal static string Printable(ReadOnlySpan<char> text) =>
        text.Length > Longest ? Escape(text[..Longest]) + '…' : Escape(text);

    private static string Escape(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
                result.Append($"\\u{(int)c:x4}");
            else
                result.Append(c);
        }
        return result.ToString();
    }
}
