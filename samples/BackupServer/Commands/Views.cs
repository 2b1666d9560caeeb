using Spectre.Console;

namespace BackupServer;

/// <summary>A task in a terminal.</summary>
internal sealed class ProgressView(IAnsiConsole console, ProgressContext context) : ITaskView
{
    public void Info(string message) => console.MarkupLineInterpolated($"[grey]{message}[/]");

    public void Warn(string message) => console.MarkupLineInterpolated($"[yellow]{message}[/]");

    public ITaskProgress Start(string what, long total) => new Bar(context.AddTask(Markup.Escape(what), maxValue: Math.Max(1, total)));

    private sealed class Bar(ProgressTask task) : ITaskProgress
    {
        public void Advance(long count) => task.Increment(count);

        public void Dispose()
        {
            task.Value = task.MaxValue;
            task.StopTask();
        }
    }
}

/// <summary>A task in a pipe or a file.</summary>
internal sealed class LineView(TextWriter output) : ITaskView
{
    public void Info(string message) => output.WriteLine(message);

    public void Warn(string message) => output.WriteLine(message);

    public ITaskProgress Start(string what, long total) => new Nothing();

    private sealed class Nothing : ITaskProgress
    {
        public void Advance(long count) { }

        public void Dispose() { }
    }
}
