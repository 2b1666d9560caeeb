namespace NamespaceLocking.Tool;

/// <summary>What was found out about a lock directory.</summary>
/// <param name="Directory">The lock directory.</param>
/// <param name="FileSystem">The type of its file system; null where it could not be found out.</param>
/// <param name="LockFiles">How many lock files there are.</param>
/// <param name="LockFilesHeld">How many of them are locked.</param>
/// <param name="ShortenedNames">How many of them have a shortened name.</param>
/// <param name="Findings">The worst first.</param>
internal sealed record CheckReport(
    string Directory, string? FileSystem, int LockFiles, int LockFilesHeld, int ShortenedNames, IReadOnlyList<Finding> Findings)
{
    internal int ExitCode =>
        Findings.Any(finding => finding.Severity == Severity.Problem) ? Tool.ExitCode.ProblemsFound : Tool.ExitCode.Success;

    internal static CheckReport Make(string directory, string? store)
    {
        var top = FileStatus.Of(directory, followsLink: true)
            ?? throw new ToolException(Tool.ExitCode.CannotOpen, $"Cannot examine {Quoted.Path(directory)}.");
        var places = LockTreeWalk.Walk(directory, store).ToList();
        var fileSystem = MountedFileSystem.TypeOf(top);
        var files = places.Where(place => place.Kind == PlaceKind.LockFile).ToList();
        var held = HeldLocks.Read(files).Where(held => !held.IsWaiting).Select(held => held.File).Distinct().Count();
        var findings = MountedFileSystem.Check(directory, fileSystem)
            .Concat(FlockProbe.Check(directory))
            .Concat(PlaceCheck.CheckTop(directory, top))
            .Concat(places.SelectMany(place => PlaceCheck.Check(place, top)));
        return new(
            directory, fileSystem, files.Count, held, files.Count(file => file.Name is { Namespace: null } || file.Backup is { Path: null }),
            [.. findings.OrderByDescending(finding => finding.Severity)]);
    }
}
