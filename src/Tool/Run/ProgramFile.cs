namespace NamespaceLocking.Tool;

/// <summary>Finds a command as a shell does. .NET would look beside its own program and in the working directory first.</summary>
internal static class ProgramFile
{
    private const string DefaultPath = "/usr/local/bin:/usr/bin:/bin";

    /// <exception cref="ToolException">There is none, or none that may be executed.</exception>
    internal static string Find(string command)
    {
        var names = command.Contains('/')
            ? [Path.Combine(Environment.CurrentDirectory, command)]
            // An empty entry is the working directory, as it always was.
            : (Environment.GetEnvironmentVariable("PATH") ?? DefaultPath).Split(':')
                .Select(folder => Path.Combine(Environment.CurrentDirectory, folder, command)).ToList();
        var files = command.Length == 0 ? [] : names.Where(name => File.Exists(name) || Directory.Exists(name)).ToList();
        return files.Find(file => File.Exists(file) && Native.MayAccess(file, Native.Execute))
            ?? throw (files is [var first, ..]
                ? new ToolException(
                    ExitCode.CommandNotExecutable, $"Cannot run {Quoted.Path(first)}: it is not a program that this user may execute.")
                : new ToolException(ExitCode.CommandNotFound, $"Cannot run {Quoted.Text(command)}: there is no such command."));
    }
}
