using Spectre.Console;

namespace NamespaceLocking.Tool;

internal static class Terminal
{
    /// <summary>What a table gets where there is no terminal that is of some width.</summary>
    private const int WidthWithoutTerminal = 160;

    /// <summary>Standard output.</summary>
    internal static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}
