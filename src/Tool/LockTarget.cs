namespace NamespaceLocking.Tool;

/// <summary>A namespace of a store, as <c>STORE:a/b</c>; the store's root is <c>STORE:</c>.</summary>
internal sealed record LockTarget(string Store, BackupNamespace Namespace)
{
    /// <summary>As it is written on a command line.</summary>
    public override string ToString() => $"{Store}:{Namespace}";

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    internal static LockTarget Parse(string text)
    {
        // A store's name may have a colon, a namespace has none.
        var colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            throw new FormatException(
                $"{Quoted.Text(text)} does not say which namespace: write STORE:a/b, or STORE: for the root and all that is in the store.");
        }
        return new(ParseStore(text[..colon]), BackupNamespace.Parse(text[(colon + 1)..]));
    }

    /// <summary>Reads what may also be a store alone.</summary>
    /// <exception cref="FormatException">It is neither; the message says why.</exception>
    internal static (string Store, BackupNamespace? Namespace) ParseStoreOrTarget(string text)
    {
        if (!text.Contains(':'))
            return (ParseStore(text), null);
        var target = Parse(text);
        return (target.Store, target.Namespace);
    }

    internal static string ParseStore(string text) => StoreName.Explain(text) is { } error ? throw new FormatException(error) : text;
}
