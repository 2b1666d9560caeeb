using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>The hashes of all names in a file: tells whether its syntax is worth a look.</summary>
/// <remarks>Trees live on from one compilation to the next while somebody types, and these with them.</remarks>
internal sealed class TreeWords
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeWords> Trees = new();

    [ThreadStatic]
    private static HashSet<int>? s_seen;

    private readonly int[] _hashes;
    private readonly bool _hasOtherSpellings;

    private TreeWords(SyntaxTree tree)
    {
        var seen = s_seen ??= [];
        seen.Clear();
        var text = tree.GetText();
        var scanner = new NameScanner(text, new TextSpan(0, text.Length));
        while (scanner.MoveNext())
            seen.Add(scanner.Hash);
        _hashes = [.. seen];
        Array.Sort(_hashes);
        _hasOtherSpellings = scanner.HasOtherSpellings;
    }

    public static TreeWords Of(SyntaxTree tree) => Trees.GetValue(tree, static tree => new TreeWords(tree));

    /// <summary>Whether one of the names may be in the file.</summary>
    public bool MayMention(HashSet<int> names)
    {
        if (_hasOtherSpellings)
            return true;
        foreach (var name in names)
        {
            if (Array.BinarySearch(_hashes, name) >= 0)
                return true;
        }

        return false;
    }
}
