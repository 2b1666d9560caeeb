using System.ComponentModel;
using System.Diagnostics;

namespace NamespaceLocking.Tool;

/// <summary>The command as a process, with the standard input, output and error of this one.</summary>
internal static class ChildCommand
{
    private const int NotAProgram = 8;
    private const int TryAgain = 11;
    private const int OutOfMemory = 12;

    /// <param name="program">Its file.</param>
    /// <param name="command">Its name, which is in <paramref name="program"/>, and its arguments.</param>
    /// <param name="variables">What its environment has beside what it inherits; null removes.</param>
    /// <exception cref="ToolException">It cannot be started.</exception>
    internal static Process Start(string program, string[] command, IEnumerable<(string Name, string? Value)> variables)
    {
        try
        {
            var start = new ProcessStartInfo(program, command[1..]);
            foreach (var (name, value) in variables)
                start.Environment[name] = value;
            // .NET ignores SIGPIPE, which a command would inherit: one that writes into a pipe would not end when its reader does.
            _ = Native.SetAction(Native.BrokenPipe, Native.DefaultAction);
            return StartAsProgramOrScript(start);
        }
        catch (Win32Exception error)
        {
            var exitCode = error.NativeErrorCode switch
            {
                Errno.NoEntry => ExitCode.CommandNotFound,
                TryAgain or OutOfMemory => ExitCode.SystemError,
                _ => ExitCode.CommandNotExecutable,
            };
            throw new ToolException(exitCode, $"Cannot run {Quoted.Path(program)}: {new Win32Exception(error.NativeErrorCode).Message}.");
        }
        finally
        {
            _ = Native.SetAction(Native.BrokenPipe, Native.Ignore);
        }
    }

    /// <returns>Its exit code, or 128 and the number of the signal that ended it.</returns>
    internal static int WaitFor(Process child)
    {
        using (child)
        {
            child.WaitForExit();
            return child.ExitCode;
        }
    }

    private static Process StartAsProgramOrScript(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error) when (error.NativeErrorCode == NotAProgram)
        {
            // A script without "#!", which execvp(3), and so flock(1), gives to the shell.
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = "/bin/sh";
            return Process.Start(start)!;
        }
    }
}
