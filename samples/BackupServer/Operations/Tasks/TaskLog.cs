using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NamespaceLocking;

namespace BackupServer;

/// <summary>
/// What a task does, said to its user and kept in the datastore, one line of JSON for each event, written before the next step. So the log
/// of a task that was killed says what it was doing.
/// </summary>
internal sealed class TaskLog : IDisposable
{
    private readonly ITaskView _view;
    private readonly FileStream _file;
    private readonly string _store;
    private int _sections;

    /// <param name="store">Where the log is kept.</param>
    /// <param name="task">What the task is called.</param>
    /// <param name="view">Its user's view.</param>
    public TaskLog(Datastore store, string task, ITaskView view)
    {
        _view = view;
        _store = store.Name;
        Directory.CreateDirectory(store.TaskDirectory);
        var start = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss.fffffff", CultureInfo.InvariantCulture);
        var name = string.Create(CultureInfo.InvariantCulture, $"{start}-{task.Replace(' ', '-')}-{Environment.ProcessId}.jsonl");
        _file = new FileStream(Path.Combine(store.TaskDirectory, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Write(new() { Event = "start", Task = task });
    }

    public void Info(string message)
    {
        Write(new() { Event = "info", Message = message });
        _view.Info(message);
    }

    public void Warn(string message)
    {
        Write(new() { Event = "warning", Message = message });
        _view.Warn(message);
    }

    public ITaskProgress Start(string what, long total) => _view.Start(what, total);

    /// <summary>Says that a namespace is locked, by the guard in hand, until the result is disposed.</summary>
    public IDisposable Enter(Datastore store, BackupNamespace ns, LockMode mode)
    {
        var section = ++_sections;
        Write(new() { Event = "enter", Store = store.Name, Namespace = ns.ToString(), Mode = mode, Section = section });
        return new Section(this, section);
    }

    /// <summary>The snapshot is complete.</summary>
    public void Committed(Datastore store, Snapshot snapshot) => Write(Of("commit", store, snapshot));

    /// <summary>The snapshot is about to be removed.</summary>
    public void Removing(Datastore store, Snapshot snapshot) => Write(Of("remove", store, snapshot));

    public void Dispose()
    {
        Write(new() { Event = "end" });
        _file.Dispose();
    }

    private static TaskEvent Of(string what, Datastore store, Snapshot snapshot) =>
        new() { Event = what, Store = store.Name, Namespace = snapshot.Namespace.ToString(), Snapshot = snapshot.Name };

    private void Write(TaskEvent entry)
    {
        // The order of what several processes did is that of the machine's monotonic clock, which no adjustment turns back.
        var line = JsonSerializer.SerializeToUtf8Bytes(entry with { Ticks = Stopwatch.GetTimestamp(), Time = DateTime.UtcNow }, TaskJson.Default.TaskEvent);
        lock (_file)
            _file.Write([.. line, (byte)'\n']);
    }

    private sealed class Section(TaskLog log, int number) : IDisposable
    {
        public void Dispose() => log.Write(new() { Event = "leave", Store = log._store, Section = number });
    }
}
