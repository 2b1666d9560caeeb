namespace NamespaceLocking.Tool;

/// <summary>What <c>nslock check</c> says in JSON; see docs/nslock.md.</summary>
internal sealed record CheckJson(
    int Schema, string Directory, string? FileSystem, int LockFiles, int LockFilesHeld, int ShortenedNames, IEnumerable<Finding> Findings)
{
    internal static CheckJson Of(CheckReport report) => new(
        Json.Schema, report.Directory, report.FileSystem, report.LockFiles, report.LockFilesHeld, report.ShortenedNames, report.Findings);
}
