namespace NamespaceLocking.Tool;

/// <summary>The tool cannot do what was asked; the message is for the user, and says why.</summary>
internal sealed class ToolException(int exitCode, string message) : Exception(message)
{
    internal int ExitCode { get; } = exitCode;
}
