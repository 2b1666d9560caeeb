using System.CommandLine.Parsing;

namespace NamespaceLocking.Tool;

/// <summary>For the command line's parser, which wants errors told instead of thrown.</summary>
internal static class ArgumentReader
{
    internal static T? Read<T>(ArgumentResult result, Func<string, T> parse) =>
        TryRead(result, () => parse(result.Tokens[0].Value));

    internal static T[]? ReadAll<T>(ArgumentResult result, Func<string, T> parse) =>
        TryRead<T[]>(result, () => [.. result.Tokens.Select(token => parse(token.Value))]);

    private static T? TryRead<T>(ArgumentResult result, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            result.AddError(error.Message);
            return default;
        }
    }
}
