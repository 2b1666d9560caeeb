using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace NamespaceLocking;

/// <summary>A place in a datastore's tree of namespaces, such as <c>a/b/c</c>; the root is the empty path. Immutable.</summary>
/// <remarks>
/// A component starts with an ASCII letter, a digit or <c>_</c> and goes on with these, <c>.</c> and <c>-</c>. Comparison is ordinal
/// and case-sensitive. Safe for use by several threads.
/// </remarks>
public sealed class BackupNamespace : IEquatable<BackupNamespace>, IComparable<BackupNamespace>, ISpanParsable<BackupNamespace>
{
    /// <summary>The most components that a namespace may have.</summary>
    public const int MaxDepth = 8;

    /// <summary>The most characters that a namespace's text may have, separators included.</summary>
    public const int MaxLength = 256;

    private readonly BackupNamespace? _parent;
    private readonly string _text;
    private ReadOnlyCollection<string>? _components;
    private int _hashCode;

    private BackupNamespace()
    {
        _text = "";
        Name = "";
    }

    private BackupNamespace(BackupNamespace parent, string name)
    {
        _parent = parent;
        _text = parent.IsRoot ? name : $"{parent._text}/{name}";
        Name = name;
        Depth = parent.Depth + 1;
    }

    /// <summary>The namespace above all others; its text is empty.</summary>
    public static BackupNamespace Root { get; } = new();

    /// <summary>The number of components: 0 for the root, at most <see cref="MaxDepth"/>.</summary>
    public int Depth { get; }

    /// <summary>Whether this is the root.</summary>
    public bool IsRoot => _parent is null;

    /// <summary>The last component; empty for the root.</summary>
    public string Name { get; }

    /// <summary>The components from the top down; none for the root.</summary>
    public IReadOnlyList<string> Components => _components ??= new(IsRoot ? [] : _text.Split('/'));

    /// <summary>The namespace one level up; the root is its own parent.</summary>
    [AncestorOf("this")]
    public BackupNamespace Parent => _parent ?? this;

    /// <summary>The namespace one level down that is called <paramref name="name"/>; nothing is created anywhere.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is not one valid component, or the child would be deeper than <see cref="MaxDepth"/> or longer than
    /// <see cref="MaxLength"/>; the message says which.
    /// </exception>
    [return: DescendantOf("this")]
    public BackupNamespace Child(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return NamespaceSyntax.FindErrorInChild(this, name) is { } error
            ? throw new ArgumentException(error, nameof(name))
            : new(this, name);
    }

    /// <summary>Whether <paramref name="other"/> is this namespace or lies below it.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool Contains(BackupNamespace other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsRoot
            || (other._text.StartsWith(_text, StringComparison.Ordinal)
                && (other._text.Length == _text.Length || other._text[_text.Length] == '/'));
    }

    /// <summary>Reads a namespace, such as <c>a/b/c</c>; the empty text is the root.</summary>
    /// <param name="s">The text; no slash before, after, or twice between components.</param>
    /// <param name="provider">Not used: namespaces are the same in every culture.</param>
    /// <exception cref="ArgumentNullException"><paramref name="s"/> is null.</exception>
    /// <exception cref="FormatException">The text is not a namespace; the message says which component and why.</exception>
    public static BackupNamespace Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static BackupNamespace Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        NamespaceSyntax.FindError(s) is { } error ? throw new FormatException(error) : Build(s);

    /// <summary>Reads a namespace, and answers false where <see cref="Parse(string, IFormatProvider?)"/> would throw.</summary>
    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out BackupNamespace result)
    {
        result = null;
        return s is not null && TryParse(s.AsSpan(), provider, out result);
    }

    /// <inheritdoc cref="TryParse(string?, IFormatProvider?, out BackupNamespace)"/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [MaybeNullWhen(false)] out BackupNamespace result)
    {
        result = NamespaceSyntax.FindError(s) is null ? Build(s) : null;
        return result is not null;
    }

    /// <summary>Whether both are the same place: ordinal, case-sensitive.</summary>
    public bool Equals(BackupNamespace? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BackupNamespace);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode != 0 ? _hashCode : _hashCode = _text.GetHashCode();

    /// <summary>Tree order: a namespace comes before those below it, siblings are ordinal by component; null comes first.</summary>
    public int CompareTo(BackupNamespace? other)
    {
        if (other is null)
            return 1;
        var common = _text.AsSpan().CommonPrefixLength(other._text);
        return RankAt(_text, common) - RankAt(other._text, common);

        // The end of the text and then '/' come before every character of a component, or "a-b" would part "a" from "a/b".
        static int RankAt(string text, int index) => index == text.Length ? -1 : text[index] == '/' ? 0 : text[index];
    }

    /// <summary>The components joined by <c>/</c>, as <see cref="Parse(string, IFormatProvider?)"/> reads it; empty for the root.</summary>
    public override string ToString() => _text;

    /// <summary>Whether both are the same place, or both null.</summary>
    public static bool operator ==(BackupNamespace? left, BackupNamespace? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are different places.</summary>
    public static bool operator !=(BackupNamespace? left, BackupNamespace? right) => !(left == right);

    private static BackupNamespace Build(ReadOnlySpan<char> text)
    {
        var ns = Root;
        if (!text.IsEmpty)
        {
            foreach (var component in text.Split('/'))
                ns = new(ns, text[component].ToString());
        }
        return ns;
    }
}
