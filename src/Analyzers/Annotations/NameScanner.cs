using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>Goes through what can be a name in a text, by hashes: no syntax node is made, and nothing allocated.</summary>
/// <remarks>Finds what stands in comments and literals too, so that a hit is only a reason to look; what is not found is not there.</remarks>
internal struct NameScanner(SourceText text, TextSpan span)
{
    private const uint Seed = 2166136261;
    private const uint Prime = 16777619;

    private int _next = span.Start;

    /// <summary>The hash of the current name.</summary>
    public int Hash { get; private set; }

    /// <summary>Where the current name begins.</summary>
    public int Start { get; private set; }

    /// <summary>Whether a name may be spelled another way than it is called: with an escape, or with characters that do not count.</summary>
    public bool HasOtherSpellings { get; private set; }

    public static int HashOf(string name)
    {
        var hash = Seed;
        foreach (var character in name)
            hash = (hash ^ character) * Prime;
        return (int)hash;
    }

    public bool MoveNext()
    {
        while (_next < span.End)
        {
            var character = text[_next];
            if (!IsPart(character))
            {
                HasOtherSpellings |= character == '\\' && _next + 1 < span.End && text[_next + 1] is 'u' or 'U';
                _next++;
                continue;
            }

            Start = _next;
            var hash = Seed;
            do
            {
                hash = (hash ^ character) * Prime;
                _next++;
            }
            while (_next < span.End && IsPart(character = text[_next]));
            Hash = (int)hash;
            return true;
        }

        return false;
    }

    private bool IsPart(char character)
    {
        if (character < 128)
            return character is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_';
        var category = CharUnicodeInfo.GetUnicodeCategory(character);
        HasOtherSpellings |= category == UnicodeCategory.Format;
        return category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
    }
}
