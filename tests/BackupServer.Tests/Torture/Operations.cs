using System.Globalization;

namespace BackupServer.Tests.Torture;

/// <summary>Chooses what is done next. Everybody works on the same few namespaces and groups, to be in each other's way.</summary>
internal sealed class Operations(TestStore main, TestStore mirror, string contents, int seed)
{
    public const int Contents = 6;

    public static readonly string[] Namespaces = ["a", "a/b", "a/b/c", "d", "d/e"];
    private static readonly DateTime FirstTime = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();
    private int _backups;
    private int _tapes;

    /// <summary>What a snapshot of that time was made of.</summary>
    public static int ContentOf(DateTime time) => (int)((time - FirstTime).TotalHours % Contents);

    /// <summary>A process to start, and whether, and after how long, it is killed.</summary>
    public (string[] Arguments, TimeSpan? Kill) Next()
    {
        lock (_gate)
        {
            string[] arguments = [.. Choose()];
            return (arguments, _random.Next(3) == 0 ? TimeSpan.FromMilliseconds(_random.Next(100, 700)) : null);
        }
    }

    private IEnumerable<string> Choose()
    {
        var store = _random.Next(3) == 0 ? mirror : main;
        string[] on = ["--store", store.Path];
        return _random.Next(100) switch
        {
            < 40 => ["backup", $"host/g{_random.Next(3)}", Source(out var time), "--time", time, "--ns", Namespace(), "--user", "me", .. on],
            < 46 => ["verify", .. on],
            < 54 => ["prune", "--keep-last", $"{_random.Next(1, 4)}", .. on],
            < 61 => ["pull", "--store", mirror.Path, "--from", main.Path, "--user", "me", .. Vanished()],
            < 66 => ["push", "--store", mirror.Path, "--to", main.Path, "--ns", Namespace(), "--remote-ns", Namespace(), "--max-depth", "1", "--user", "me"],
            < 70 => ["tape", "write", "--media", Tape(++_tapes), .. on],
            < 74 => ["tape", "restore", "--media", Tape(_random.Next(_tapes + 1)), "--ns", Namespace(), "--user", "me", .. on],
            < 84 => ["namespace", "move", Namespace(), Namespace(), .. on],
            < 87 => ["namespace", "delete", Namespace(), "--delete-groups", .. on],
            < 92 => ["namespace", "create", Namespace(), .. on],
            _ => ["gc", "--margin", "0", .. on],
        };
    }

    private string Namespace() => Namespaces[_random.Next(Namespaces.Length)];

    private string Tape(int number) => Path.Combine(main.Folder, $"tape-{number}");

    private string[] Vanished() => _random.Next(3) == 0 ? ["--remove-vanished"] : [];

    /// <summary>Each backup has a time of its own, which tells what is in it.</summary>
    private string Source(out string text)
    {
        var time = FirstTime.AddHours(_backups++);
        text = time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return $"root.tar:{Path.Combine(contents, $"{ContentOf(time)}")}";
    }
}
