using System.CommandLine;

namespace NamespaceLocking.Tool;

/// <summary><c>nslock check</c>: whether a lock directory is as it should be.</summary>
internal static class CheckCommand
{
    private const string Description = """
        Looks for what would make locks fail, or fail to keep others out.

        That is: permissions, links and files that are in the way, and a file system
        without flock(2). Nothing is changed, and nobody's lock is touched. Lock files
        that nobody holds are kept by design. Exit code 1 means that there is a problem.
        """;

    internal static Command Create()
    {
        var store = new Argument<string?>("STORE")
        {
            Description = "The store to check. Otherwise all.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => ArgumentReader.Read(result, LockTarget.ParseStore),
        };
        var directory = DirectoryOption.Create();
        var output = OutputOption.Create();
        var check = new Command("check", Description) { store, directory, output };
        check.SetAction(parsed =>
        {
            var path = DirectoryOption.ResolveExisting(parsed.GetValue(directory));
            var only = parsed.GetValue(store);
            if (only is not null)
                StoreDirectoryOf.Require(path, only);
            var report = CheckReport.Make(path, only);
            CheckWriter.Write(report, OutputOption.Resolve(parsed.GetValue(output)));
            return report.ExitCode;
        });
        return check;
    }
}
