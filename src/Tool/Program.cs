using System.CommandLine;
using NamespaceLocking.Tool;

// What follows "--" is the command's alone: no parser gets to see it, which could take an argument for an option of its own.
var end = args is ["run", ..] ? Array.IndexOf(args, "--") : -1;
var own = end < 0 ? args : args[..end];
string[]? command = end < 0 ? null : args[(end + 1)..];

var root = new RootCommand("Locks on a tree of namespaces: runs commands under them, and tells who holds which.")
{
    RunCommand.Create(command),
    StatusCommand.Create(),
    CheckCommand.Create(),
};
// Among others, a command gets its first line alone.
foreach (var other in root.Subcommands.Where(subcommand => subcommand.Name != args.FirstOrDefault()))
    other.Description = other.Description!.Split('\n')[0];
try
{
    if (!OperatingSystem.IsLinux())
        throw new ToolException(ExitCode.Unavailable, "nslock needs Linux, whose flock(2) and /proc it uses.");
    // A file of arguments, '@file', is nothing that the tool promises, and a store's name may begin with '@'.
    var parsed = root.Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null });
    if (parsed.Errors.Count > 0)
    {
        var asked = parsed.CommandResult.Command;
        throw ToolException.Usage(string.Join('\n', parsed.Errors.Select(error => error.Message)), asked == root ? null : asked.Name);
    }
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (ToolException error)
{
    Console.Error.WriteLine($"nslock: {error.Message}");
    return error.ExitCode;
}
catch (Exception error) when (ExitCode.Of(error) is { } exitCode)
{
    Console.Error.WriteLine($"nslock: {error.Message}");
    return exitCode;
}
