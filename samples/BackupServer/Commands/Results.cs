using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace BackupServer;

/// <summary>Writes results: for people, or as JSON for programs.</summary>
internal static class Results
{
    public static void Write<T>(ParseResult parsed, T result, JsonTypeInfo<T> json, Action<IAnsiConsole, T> write)
    {
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            Console.WriteLine(JsonSerializer.Serialize(result, json));
        else
            write(AnsiConsole.Console, result);
    }

    public static void WriteError(ParseResult parsed, string message, bool isRefused)
    {
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
            Console.WriteLine(JsonSerializer.Serialize(new ErrorResult(message, isRefused), ResultJson.Default.ErrorResult));
        else
            Console.Error.WriteLine(isRefused ? $"Refused: {message}" : message);
    }

    /// <summary>A size for people: <c>12.3 MiB</c>.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = bytes < 1024 ? 0 : Math.Min(units.Length - 1, (int)Math.Log(bytes, 1024));
        return $"{bytes / Math.Pow(1024, unit):0.#} {units[unit]}";
    }

    /// <summary>A table with these columns.</summary>
    public static Table Table(params string[] columns) => new Table().Border(TableBorder.Rounded).AddColumns(columns);

    public static Table Add(this Table table, params string[] cells)
    {
        table.AddRow([.. cells.Select(cell => new Text(cell))]);
        return table;
    }

    /// <summary>A namespace for people.</summary>
    public static string Namespace(string ns) => ns.Length == 0 ? "(root)" : ns;
}

/// <param name="Error">What went wrong.</param>
/// <param name="IsRefused">Whether somebody else holds a lock.</param>
internal sealed record ErrorResult(string Error, bool IsRefused);

internal sealed record DoneResult(string Done);

[JsonSerializable(typeof(ErrorResult))]
[JsonSerializable(typeof(DoneResult))]
[JsonSerializable(typeof(BackupResult))]
[JsonSerializable(typeof(IReadOnlyList<SnapshotInfo>))]
[JsonSerializable(typeof(IReadOnlyList<NamespaceInfo>))]
[JsonSerializable(typeof(IReadOnlyList<TapeContent>))]
[JsonSerializable(typeof(SnapshotDetails))]
[JsonSerializable(typeof(VerifyResult))]
[JsonSerializable(typeof(PruneResult))]
[JsonSerializable(typeof(SyncResult))]
[JsonSerializable(typeof(MoveResult))]
[JsonSerializable(typeof(TapeResult))]
[JsonSerializable(typeof(CollectionResult))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ResultJson : JsonSerializerContext;
