namespace NamespaceLocking.Tool;

internal static class StoreDirectoryOf
{
    /// <summary>A mistyped store must not look like one in which nobody holds anything.</summary>
    /// <exception cref="ToolException">The store has no directory.</exception>
    internal static void Require(string directory, string store)
    {
        if (FileStatus.Of(Path.Combine(directory, store)) is not null)
            return;
        var others = Directory.GetDirectories(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(10).ToList();
        throw new ToolException(
            ExitCode.Usage,
            $"There is no store {Quoted.Text(store)} in {Quoted.Path(directory)}: nothing was ever locked in it. There "
            + (others.Count == 0 ? "are no stores there." : $"is: {Quoted.Printable(string.Join(", ", others))}."));
    }
}
