using System.CommandLine;

namespace NamespaceLocking.Tool;

internal enum OutputFormat { Table, Plain, Json }

internal static class OutputOption
{
    internal static Option<OutputFormat?> Create() => new("--output", "-o")
    {
        HelpName = "table|plain|json",
        Description = "Otherwise a table on a terminal, and plain lines elsewhere.",
        CustomParser = result => ArgumentReader.Read<OutputFormat?>(result, Parse),
    };

    internal static OutputFormat Resolve(OutputFormat? option) =>
        option ?? (Console.IsOutputRedirected ? OutputFormat.Plain : OutputFormat.Table);

    private static OutputFormat? Parse(string text) => text switch
    {
        "table" => OutputFormat.Table,
        "plain" => OutputFormat.Plain,
        "json" => OutputFormat.Json,
        _ => throw new FormatException($"{Quoted.Text(text)} is not an output format: write table, plain or json."),
    };
}
