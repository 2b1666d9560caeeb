using System.Diagnostics;
using System.Text.Json;

namespace BackupServer.Tests;

/// <summary>Runs the program as a user does: each command is a process.</summary>
internal static class Server
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "BackupServer.dll");

    public static Process Start(params IEnumerable<string> arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return Process.Start(new ProcessStartInfo(host, [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    public static Outcome Run(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        return process.Finish();
    }

    /// <summary>Waits for the end of the process, and takes what it wrote.</summary>
    public static Outcome Finish(this Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }
}

/// <summary>What a command came to.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    private const int Refused = 3;
    private const int Incomplete = 2;

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public Outcome Succeeds()
    {
        Assert.True(ExitCode == 0, ToString());
        return this;
    }

    public Outcome IsRefused()
    {
        Assert.True(ExitCode == Refused, ToString());
        return this;
    }

    public Outcome IsIncomplete()
    {
        Assert.True(ExitCode == Incomplete, ToString());
        return this;
    }

    public Outcome Fails(string why)
    {
        Assert.True(ExitCode == 1, ToString());
        Assert.Contains(why, Error, StringComparison.Ordinal);
        return this;
    }

    public void Warns(string of) => Assert.Contains(of, Error, StringComparison.Ordinal);

    public override string ToString() => $"Exit code {ExitCode}\n{Output}\n{Error}";
}
