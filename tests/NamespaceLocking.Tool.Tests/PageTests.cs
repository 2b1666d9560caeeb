using System.Reflection;
using System.Text.RegularExpressions;

namespace NamespaceLocking.Tool.Tests;

/// <summary>What docs/nslock.md shows is what nslock says.</summary>
public sealed partial class PageTests : IDisposable
{
    private static readonly string Root =
        typeof(PageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs", "nslock.md"));

    private readonly LockDirectoryOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [SkippableFact]
    public void Every_example_gives_what_stands_below_it()
    {
        var examples = Block().Matches(Page).SelectMany(block => Example().Matches(block.Groups[1].Value)).ToList();
        Assert.True(examples.Count >= 6, "The page has examples.");
        foreach (var example in examples)
            Assert.Equal(Normalize(example.Groups["output"].Value), Normalize(Run(example.Groups["command"].Value)));
    }

    [SkippableTheory]
    [InlineData("run")]
    [InlineData("status")]
    [InlineData("check")]
    public void Every_option_of_a_command_is_on_the_page(string command)
    {
        foreach (Match option in LongOption().Matches(_locks.Nslock(command, "--help").Output))
            Assert.Contains(option.Value, Page);
    }

    [Fact]
    public void Every_exit_code_is_on_the_page()
    {
        var codes = typeof(ExitCode).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(field => field.IsLiteral).Select(field => (int)field.GetRawConstantValue()!).Where(code => code > 1);
        foreach (var code in codes)
            Assert.Contains($"| {code} |", Page);
    }

    [Fact]
    public void Every_finding_of_a_check_is_on_the_page()
    {
        var codes = Directory.GetFiles(Path.Combine(Root, "src", "Tool", "Check"))
            .SelectMany(file => FindingCode().Matches(File.ReadAllText(file)))
            .Select(match => (Code: match.Groups[2].Value, Severity: match.Groups[1].Value.ToLowerInvariant())).ToHashSet();
        Assert.Equal(codes, [.. TableOfFindings().Matches(Page).Select(match => (match.Groups[1].Value, match.Groups[2].Value))]);
    }

    private string Run(string command)
    {
        // nslock is on the path under its own name, as where it is installed.
        var folder = Directory.CreateDirectory(Path.Combine(Directory.GetParent(_locks.Path)!.FullName, "bin")).FullName;
        var link = Path.Combine(folder, "nslock");
        if (!File.Exists(link))
            File.CreateSymbolicLink(link, Path.ChangeExtension(typeof(LockTarget).Assembly.Location, null));
        (string, string?)[] environment =
        [
            ("PATH", $"{folder}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("DOTNET_ROOT", Path.GetDirectoryName(LockDirectoryOfTest.Command[0]) is { Length: > 0 } root ? root : null),
            (DirectoryOption.Variable, _locks.Path),
        ];
        using var shell = new RunningProgram("/bin/sh", ["-c", $"exec 2>&1; {command}"], environment);
        return shell.Finish().Output;
    }

    /// <summary>Without what is another each time: numbers of processes, times, the directory, and the widths of columns.</summary>
    private string Normalize(string output)
    {
        output = output.Replace(_locks.Path, DirectoryOption.Default);
        output = Time().Replace(output, "TIME");
        output = Number().Replace(output, "NUMBER");
        output = Dashes().Replace(output, "─");
        var lines = output.Split('\n').Select(line => Blanks().Replace(line, "  ").TrimEnd()).Where(line => line.Length > 0);
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"^```console\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\$ (?<command>[^\n]*)\n(?<output>(?!\$ ).*?)(?=^\$ |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex LongOption();

    [GeneratedRegex("Severity\\.([A-Z][a-z]+),\\s*\"([a-z-]+)\"")]
    private static partial Regex FindingCode();

    [GeneratedRegex(@"^\| `([a-z-]+)` \| (problem|warning|info) \|", RegexOptions.Multiline)]
    private static partial Regex TableOfFindings();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<=process |\t|: |  )\d{2,}(?=[ ,\t]|$)", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex("─+")]
    private static partial Regex Dashes();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
