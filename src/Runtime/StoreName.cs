using System.Text;

namespace NamespaceLocking;

/// <summary>
/// A datastore's name becomes the name of one directory: what could lead elsewhere, or would not fit, is refused for every
/// provider, so that a program that works with one works with all.
/// </summary>
internal static class StoreName
{
    private const int MaxBytes = 255;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static string Validate(string store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Explain(store) is { } message ? throw new ArgumentException(message, nameof(store)) : store;
    }

    /// <summary>Why the name cannot be a store's, in a sentence, or null where it can.</summary>
    internal static string? Explain(string store) => FindError(store) is { } error
        ? $"{Quoted.Text(store)} cannot be a store's name: it {error}. A store's name becomes the name of one directory: "
            + $"1 to {MaxBytes} bytes of UTF-8, no '/', no NUL, and neither '.' nor '..'."
        : null;

    private static string? FindError(string store)
    {
        if (store is "")
            return "is empty";
        if (store is "." or "..")
            return "names a directory that is there already";
        if (store.Contains('/'))
            return "has a '/'";
        if (store.Contains('\0'))
            return "has a NUL character";
        try
        {
            var bytes = StrictUtf8.GetByteCount(store);
            return bytes > MaxBytes ? $"has {bytes} bytes in UTF-8" : null;
        }
        catch (EncoderFallbackException)
        {
            return "has half of a surrogate pair";
        }
    }
}
