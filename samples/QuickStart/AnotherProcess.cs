using System.Diagnostics;

namespace QuickStart;

internal static class AnotherProcess
{
    /// <summary>Starts this program once more, with other arguments.</summary>
    public static Process Start(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            arguments = [Environment.GetCommandLineArgs()[0], .. arguments];
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
