using System.Text.Json;
using NamespaceLocking;

namespace BackupServer.Tests.Torture;

/// <summary>What the tasks of several datastores say that they did.</summary>
internal sealed class TaskLogs
{
    private readonly List<Section> _sections = [];
    private readonly List<TaskEvent> _events = [];

    public TaskLogs(params TestStore[] stores)
    {
        foreach (var path in stores.SelectMany(store => Directory.GetFiles(Path.Combine(store.Path, ".tasks"))))
            Read(path);
    }

    public int Tasks { get; private set; }

    /// <summary>How many tasks were killed.</summary>
    public int Killed { get; private set; }

    public int Sections => _sections.Count;

    public bool ProveSomething => Killed > 0 && Sections > 0;

    /// <summary>Pairs of tasks that were at work at once where one rules the other out.</summary>
    public IEnumerable<string> FindOverlaps()
    {
        foreach (var exclusive in _sections.Where(section => section.Mode == LockMode.Exclusive))
        {
            foreach (var other in _sections)
            {
                if (other.Task != exclusive.Task && other.Store == exclusive.Store && exclusive.Namespace.Contains(other.Namespace)
                    && other.Enter < exclusive.Leave && exclusive.Enter < other.Leave)
                {
                    yield return $"{exclusive} and {other}";
                }
            }
        }
    }

    /// <summary>How many copies of each snapshot there are at least: it was completed so often, and removed at most so often.</summary>
    public IEnumerable<(string Store, string Snapshot, int Count)> FindSurvivors() =>
        from entry in _events
        where entry.Snapshot is not null
        group entry.Event == "commit" ? 1 : -1 by (Store: entry.Store!, Snapshot: entry.Snapshot!) into changes
        where changes.Sum() > 0
        select (changes.Key.Store, changes.Key.Snapshot, changes.Sum());

    /// <summary>How often tasks of each kind came to their end.</summary>
    public int Count(string task) => _events.Count(entry => entry.Event == "start" && entry.Task == task);

    private void Read(string path)
    {
        var events = File.ReadLines(path).Select(Parse).OfType<TaskEvent>().ToList();
        Tasks++;
        if (events is not [.., { Event: "end" }])
            Killed++;
        _events.AddRange(events);
        foreach (var enter in events.Where(entry => entry.Event == "enter"))
        {
            // Killed inside: what is certain is that it held its lock when it wrote its last line.
            var leave = events.FirstOrDefault(entry => entry.Event == "leave" && entry.Section == enter.Section) ?? events[^1];
            _sections.Add(new(Path.GetFileName(path), enter.Store!, BackupNamespace.Parse(enter.Namespace!), enter.Mode!.Value, enter.Ticks, leave.Ticks));
        }
    }

    /// <summary>Null for a line that was not written to its end.</summary>
    private static TaskEvent? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, TaskJson.Default.TaskEvent);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Section(string Task, string Store, BackupNamespace Namespace, LockMode Mode, long Enter, long Leave);
}
