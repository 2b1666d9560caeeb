using NamespaceLocking.TestProcess;

namespace NamespaceLocking.Tests;

/// <summary>
/// Locks at random by nothing but flock(1), one program for each level: a stranger who follows the scheme, as it is written down and
/// not by the library's own code.
/// </summary>
internal sealed class FlockHolders(string storeDirectory, SectionLog log, IReadOnlyList<StressPlace> places, int seed)
{
    /// <summary>Runs where all is locked: says whether the files that are open are those that the paths name, and holds on until its input ends.</summary>
    private const string Script = """
        n=3
        for path; do
            [ "$path" -ef "/proc/self/fd/$n" ] || { echo removed; exit; }
            n=$((n + 1))
        done
        echo held
        exec cat
        """;

    /// <summary>How many sections it was in.</summary>
    internal int Held { get; private set; }

    /// <summary>Goes on until the log is full.</summary>
    internal Task Run() => Task.Factory.StartNew(
        () =>
        {
            var random = new Random(seed);
            while (!log.IsFull)
                LockOnce(random);
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void LockOnce(Random random)
    {
        var number = random.Next(places.Count);
        var place = places[number];
        var mode = random.Next(4) == 0 ? LockMode.Exclusive : LockMode.Shared;
        List<string> files = [.. LevelsOf(place.Namespace).Select(FileOf)];
        if (place.Backup is not null)
            files.Add(FileOf(place.Backup));
        var own = place.Backup is null ? files[0] : files[^1];
        // Their directories are the library's to make.
        if (!files.All(file => Directory.Exists(Path.GetDirectoryName(file))))
            return;
        List<string> command = [];
        foreach (var file in files)
            command.AddRange(["flock", "--nonblock", file == own && mode == LockMode.Exclusive ? "--exclusive" : "--shared", file]);
        using var program = ChildProcess.StartProgram("flock", [.. command.Skip(1), "sh", "-c", Script, "sh", .. files]);
        if (program.ReadLine() != "held")
        {
            log.CountRefused();
            return;
        }
        var section = log.Enter(run: -1, number, mode);
        Thread.SpinWait(random.Next(20_000));
        log.Exit(section);
        if (place.Backup is not null && mode == LockMode.Exclusive && random.Next(2) == 0)
        {
            File.Delete(own);
            log.CountRemoved();
        }
        program.Finish();
        Held++;
    }

    private static IEnumerable<BackupNamespace> LevelsOf(BackupNamespace ns)
    {
        yield return ns;
        while (!ns.IsRoot)
            yield return ns = ns.Parent;
    }

    private string FileOf(BackupNamespace ns) => Path.Combine(DirectoryOf(ns), ".ns-lock");

    private string FileOf(BackupLockTarget backup) =>
        Path.Combine(DirectoryOf(backup.Namespace), backup.Path.Replace("-", @"\x2d").Replace(":", @"\x3a").Replace('/', '-'));

    private string DirectoryOf(BackupNamespace ns) => Path.Combine(storeDirectory, ns.ToString().Replace('/', ':'));
}
