using System.CommandLine;

namespace NamespaceLocking.Tool;

/// <summary>The lock directory: the same for everybody who is to keep out of one another's way, whatever user they run as.</summary>
internal static class DirectoryOption
{
    internal const string Variable = "NSLOCK_DIRECTORY";
    internal const string Default = "/run/nslock";

    internal static Option<string?> Create() => new("--directory", "-d")
    {
        HelpName = "DIR",
        Description = $"The lock directory. Otherwise ${Variable}, or else {Default}.",
    };

    /// <summary>The absolute path.</summary>
    internal static string Resolve(string? option)
    {
        var (value, source) = option is not null ? (option, "--directory")
            : (Environment.GetEnvironmentVariable(Variable) ?? Default, Variable);
        return value.Length > 0 ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(value))
            : throw new ToolException(ExitCode.Usage, $"{source} is empty: give the path of the lock directory.");
    }

    /// <summary>The same, of a directory that is to be there.</summary>
    /// <remarks>A mistyped name must not look like a directory in which nobody holds anything.</remarks>
    internal static string ResolveExisting(string? option)
    {
        var path = Resolve(option);
        return Directory.Exists(path) ? path
            : throw new ToolException(
                ExitCode.Usage,
                $"{Quoted.Path(path)} is not a directory, or cannot be reached. The first lock makes it; if it is another one, name that "
                + $"by --directory or in ${Variable}.");
    }
}
