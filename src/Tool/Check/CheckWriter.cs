using System.Text.Json;
using Spectre.Console;

namespace NamespaceLocking.Tool;

/// <summary>Writes what a check found to standard output.</summary>
internal static class CheckWriter
{
    internal static void Write(CheckReport report, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table:
                WriteTable(report, Terminal.Create());
                break;
            case OutputFormat.Plain:
                foreach (var finding in report.Findings)
                    Console.WriteLine($"{WordOf(finding.Severity)}\t{finding.Code}\t{Quoted.Path(finding.Path)}\t{finding.Message}");
                break;
            case OutputFormat.Json:
                Console.WriteLine(JsonSerializer.Serialize(CheckJson.Of(report), Json.Indented.CheckJson));
                break;
        }
    }

    internal static void WriteTable(CheckReport report, IAnsiConsole console)
    {
        if (report.Findings.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("", "Code", "Path", "What it is");
            foreach (var finding in report.Findings)
            {
                table.AddRow(
                    new Text(WordOf(finding.Severity), StyleOf(finding.Severity)),
                    new Text(finding.Code),
                    new Text(Path.GetRelativePath(report.Directory, finding.Path)),
                    new Text(finding.Message));
            }
            console.Write(table);
        }
        var problems = report.Findings.Count(finding => finding.Severity == Severity.Problem);
        console.WriteLine(
            $"{report.Directory} ({report.FileSystem ?? "unknown file system"}): "
            + $"{report.LockFiles} lock files, {report.LockFilesHeld} of them held, "
            + $"{report.ShortenedNames} with a shortened name. {(problems == 0 ? "No problems." : $"Problems: {problems}.")}");
    }

    private static Style StyleOf(Severity severity) => new(severity switch
    {
        Severity.Problem => Color.Red,
        Severity.Warning => Color.Yellow,
        _ => Color.Default,
    });

    private static string WordOf(Severity severity) => severity switch
    {
        Severity.Problem => "problem",
        Severity.Warning => "warning",
        _ => "info",
    };
}
