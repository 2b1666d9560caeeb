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
try
{
    // A file of arguments, '@file', is nothing that the tool promises, and a store's name may begin with '@'.
    var parsed = root.Parse(own, new ParserConfiguration { ResponseFileTokenReplacer = null });
    if (parsed.Errors.Count > 0)
    {
        var help = parsed.CommandResult.Command == root ? "nslock --help" : $"nslock {parsed.CommandResult.Command.Name} --help";
        throw new ToolException(ExitCode.Usage, $"{parsed.Errors[0].Message}\nTry '{help}'.");
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
