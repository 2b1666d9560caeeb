namespace BackupServer.Tests;

/// <summary>A view of a task that shows nothing, and tells when something that takes long begins.</summary>
internal sealed class View(Action<string>? started = null) : ITaskView, ITaskProgress
{
    public void Info(string message) { }

    public void Warn(string message) { }

    public ITaskProgress Start(string what, long total)
    {
        started?.Invoke(what);
        return this;
    }

    public void Advance(long count) { }

    public void Dispose() { }
}
