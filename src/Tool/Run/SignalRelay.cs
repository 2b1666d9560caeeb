using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NamespaceLocking.Tool;

/// <summary>
/// Passes the signals that ask a program to end, or to do something of its own, on to the command. Before it has started, they end the
/// wait for the lock.
/// </summary>
/// <remarks>To the end of the process: Ctrl-C, which ends the command, must not find nobody here who handles it.</remarks>
internal sealed class SignalRelay
{
    private const int Interrupt = 2;
    private const int Quit = 3;

    /// <summary>SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGTERM.</summary>
    private static readonly int[] Signals = [1, Interrupt, Quit, 10, 12, 15];

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _wantsEnd = new();

    /// <summary>Undone when they are collected, so that somebody has to keep them.</summary>
    private readonly List<PosixSignalRegistration> _registrations;

    private Process? _child;
    private int _first;

    internal SignalRelay()
    {
        // What is ignored (nohup) is to stay so, also for the command.
        var ignored = IgnoredSignals();
        _registrations =
        [
            .. Signals.Where(signal => (ignored >> (signal - 1) & 1) == 0)
                .Select(signal => PosixSignalRegistration.Create((PosixSignal)signal, context =>
                {
                    context.Cancel = true;
                    Handle(signal);
                })),
        ];
    }

    /// <summary>Cancelled by a signal that comes before the command has started.</summary>
    internal CancellationToken WantsEnd => _wantsEnd.Token;

    /// <summary>For a command that was never started.</summary>
    internal int ExitCode => Tool.ExitCode.OfSignal(_first);

    /// <summary>Starts the command, unless a signal came; then null. Signals that come meanwhile are passed on afterwards.</summary>
    internal Process? TryStart(Func<Process> start)
    {
        lock (_gate)
            return _first != 0 ? null : _child = start();
    }

    private void Handle(int signal)
    {
        lock (_gate)
        {
            if (_child is not null)
            {
                if (!IsTypedAtTerminal(signal) && !_child.HasExited)
                    _ = Native.Kill(_child.Id, signal);
                return;
            }
            if (_first == 0)
                _first = signal;
        }
        _wantsEnd.Cancel();
    }

    /// <summary>
    /// Ctrl-C and Ctrl-\ reach every process in the terminal's foreground, the command too: twice would be once too often, as many
    /// programs take it for a wish to end without tidying up.
    /// </summary>
    private static bool IsTypedAtTerminal(int signal)
    {
        if (signal is not (Interrupt or Quit))
            return false;
        // The program's name comes second, in parentheses, and may have any of them itself.
        var stat = File.ReadAllText("/proc/self/stat");
        var (group, foreground) = stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is [_, _, var g, _, _, var f, ..] ? (g, f) : ("", "");
        return group == foreground;
    }

    private static ulong IgnoredSignals()
    {
        const string Key = "SigIgn:";
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Key, StringComparison.Ordinal));
        return ulong.Parse(line[Key.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
