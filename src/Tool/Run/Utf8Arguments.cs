using System.Text;

namespace NamespaceLocking.Tool;

/// <summary>.NET reads arguments as UTF-8 and replaces what is none: the command would get others than the user gave.</summary>
internal static class Utf8Arguments
{
    /// <exception cref="ToolException">An argument is not valid UTF-8.</exception>
    internal static void Require()
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(File.ReadAllBytes("/proc/self/cmdline"));
        }
        catch (DecoderFallbackException)
        {
            throw new ToolException(
                ExitCode.Usage,
                "An argument is not valid UTF-8, and could not be passed on unchanged. Put the command into a script, and run that.");
        }
    }
}
