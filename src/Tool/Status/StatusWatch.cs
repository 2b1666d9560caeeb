using System.Runtime.InteropServices;
using System.Text.Json;
using Spectre.Console;

namespace NamespaceLocking.Tool;

/// <summary>Shows what is held again and again, until a signal ends it, or nobody reads any more.</summary>
internal static class StatusWatch
{
    internal static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(2);

    /// <returns>The exit code: Ctrl-C is the way to end it, and no failure.</returns>
    internal static int Run(Func<StatusSnapshot> take, OutputFormat format, TimeSpan interval)
    {
        using var ended = new ManualResetEventSlim();
        var exitCode = ExitCode.Success;
        using var interrupt = EndOn(PosixSignal.SIGINT, ExitCode.Success);
        using var terminate = EndOn(PosixSignal.SIGTERM, ExitCode.OfSignal(15));
        using var hangUp = EndOn(PosixSignal.SIGHUP, ExitCode.OfSignal(1));

        // More than .NET can wait is for ever.
        var pause = interval.TotalMilliseconds > int.MaxValue ? Timeout.InfiniteTimeSpan : interval;
        var isLive = format == OutputFormat.Table && !Console.IsOutputRedirected;
        if (isLive)
        {
            var display = Terminal.Create().Live(TableStatus.Render(take())).Cropping(VerticalOverflowCropping.Bottom);
            display.Start(live => Repeat(snapshot =>
            {
                live.UpdateTarget(TableStatus.Render(snapshot));
                live.Refresh();
            }));
        }
        else
        {
            Repeat(snapshot => Print(snapshot, format));
        }
        return exitCode;

        PosixSignalRegistration EndOn(PosixSignal signal, int code) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            exitCode = code;
            ended.Set();
        });

        void Repeat(Action<StatusSnapshot> show)
        {
            do
                show(take());
            while (!ended.Wait(pause) && !Native.IsOutputClosed());
        }
    }

    /// <summary>JSON on one line each time, other formats with an empty line after each time.</summary>
    private static void Print(StatusSnapshot snapshot, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(StatusJson.Of(snapshot), Json.Compact.StatusJson));
            return;
        }
        StatusWriter.Write(snapshot, format);
        Console.WriteLine();
    }
}
