namespace NamespaceLocking.Tool.Tests;

/// <summary>Programs of the machine.</summary>
internal static class Machine
{
    /// <summary>Where a program is; the test is skipped, with that reason, where it is not installed.</summary>
    internal static string Require(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var found = folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Skip.If(found is null, $"{program} is not installed, or not on the PATH.");
        return found!;
    }

    internal static RunningProgram Start(string program, params IEnumerable<string> arguments) => new(Require(program), arguments, []);

    internal static Result Run(string program, params IEnumerable<string> arguments)
    {
        using var running = Start(program, arguments);
        return running.Finish();
    }
}
