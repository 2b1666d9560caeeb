using System.CommandLine;
using System.CommandLine.Parsing;
using NamespaceLocking;

namespace BackupServer;

internal enum OutputFormat
{
    Text,
    Json,
}

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Output { get; } = new("--output") { Description = "How results are written.", Recursive = true };

    public static Option<string> Store { get; } = new("--store") { Description = "The datastore's directory.", Required = true };

    public static Option<string> User { get; } =
        new("--user") { Description = "Who owns the groups that are made.", DefaultValueFactory = _ => Environment.UserName };

    public static Option<BackupNamespace> Namespace { get; } = NamespaceOption("--ns", "The namespace, such as a/b; the root if left out.");

    public static Option<int> MaxDepth { get; } =
        new("--max-depth") { Description = "How many levels below the namespace are looked at.", DefaultValueFactory = _ => BackupNamespace.MaxDepth };

    public static Argument<string> Snapshot { get; } = new("snapshot") { Description = "TYPE/ID/TIME, such as host/web1/2026-03-11T15:13:09Z." };

    public static Option<BackupNamespace> NamespaceOption(string name, string description) =>
        new(name) { Description = description, CustomParser = Parsed(text => BackupNamespace.Parse(text)), DefaultValueFactory = _ => BackupNamespace.Root };

    public static Argument<BackupNamespace> NamespaceArgument(string name, string description) =>
        new(name) { Description = description, CustomParser = Parsed(text => BackupNamespace.Parse(text)) };

    /// <summary>What a text says, or why it says nothing.</summary>
    public static Func<ArgumentResult, T?> Parsed<T>(Func<string, T> parse) => result =>
    {
        try
        {
            return parse(result.Tokens.Single().Value);
        }
        catch (FormatException error)
        {
            result.AddError(error.Message);
            return default;
        }
    };

    public static Datastore OpenStore(this ParseResult parsed) => Datastore.Open(parsed.GetRequiredValue(Store));

    public static BackupNamespace GetNamespace(this ParseResult parsed) => parsed.GetRequiredValue(Namespace);

    public static Snapshot GetSnapshot(this ParseResult parsed) =>
        BackupServer.Snapshot.Parse(parsed.GetNamespace(), parsed.GetRequiredValue(Snapshot));
}
