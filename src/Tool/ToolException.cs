namespace NamespaceLocking.Tool;

/// <summary>The tool cannot do what was asked; the message is for the user, and says why.</summary>
internal sealed class ToolException(int exitCode, string message) : Exception(message)
{
    internal int ExitCode { get; } = exitCode;

    /// <summary>For a command line that cannot be understood.</summary>
    /// <param name="message">Why not.</param>
    /// <param name="command">Whose help says more; null for that of the tool as a whole.</param>
    internal static ToolException Usage(string message, string? command) =>
        new(Tool.ExitCode.Usage, $"{message}\nTry 'nslock {(command is null ? "" : command + ' ')}--help'.");
}
