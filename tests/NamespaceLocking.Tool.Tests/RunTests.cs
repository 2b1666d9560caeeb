namespace NamespaceLocking.Tool.Tests;

/// <summary>What the command gets, and what nslock exits with.</summary>
public sealed class RunTests : IDisposable
{
    private const string SayNamespaces = "echo $NSLOCK_NAMESPACE,$NSLOCK_SECOND_NAMESPACE";

    private readonly LockDirectoryOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [SkippableTheory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("exit 255", 255)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -TERM $$", 143)]
    public void It_exits_with_what_the_command_exits_with_or_128_and_the_signal(string script, int expected) =>
        Assert.Equal(expected, _locks.Nslock("run", "--shared", "main:a", "--", "sh", "-c", script).ExitCode);

    [SkippableFact]
    public void Arguments_are_passed_on_as_they_are()
    {
        string[] arguments =
            ["a b", "", "*", "$HOME", "\"'\\", "line\nline", "--", "-n", "--shared", "@file", "[suggest]", "ünï", "--help"];
        var result = _locks.Nslock(["run", "--shared", "main:a", "--", "printf", "<%s>", .. arguments]);
        Assert.Equal(string.Concat(arguments.Select(argument => $"<{argument}>")), result.Output);
    }

    [SkippableFact]
    public void An_argument_that_cannot_be_passed_on_unchanged_is_refused()
    {
        // A shell makes the byte, which no .NET string has.
        var words = string.Join(' ', LockDirectoryOfTest.Command);
        var result = Machine.Run("sh", "-c", $"{words} run --directory {_locks.Path} --shared main:a -- echo \"$(printf '\\377')\"");
        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.Contains("not valid UTF-8", result.Error);
    }

    [SkippableFact]
    public void Standard_input_output_and_error_are_the_commands_own()
    {
        using var running = _locks.Start("run", "--exclusive", "main:a", "--", "sh", "-c", "cat; echo problem >&2");
        running.Input.Write("from outside");
        var result = running.Finish();
        Assert.Equal(("from outside", "problem\n"), (result.Output, result.Error));
    }

    [SkippableFact]
    public void The_command_has_none_of_the_lock_files_open()
    {
        var result = _locks.Nslock("run", "--exclusive", "main:a/b", "--", "ls", "-l", "/proc/self/fd");
        Assert.Contains(" 1 -> ", result.Output);
        Assert.DoesNotContain(".ns-lock", result.Output);
    }

    [SkippableFact]
    public void A_descriptor_that_was_open_before_stays_open_for_the_command()
    {
        var words = string.Join(' ', LockDirectoryOfTest.Command);
        var result = Machine.Run("sh", "-c", $"{words} run --directory {_locks.Path} --shared main:a -- sh -c 'echo through >&5' 5>&1");
        Assert.Equal("through\n", result.Output);
    }

    [SkippableTheory]
    [InlineData("--shared", "shared")]
    [InlineData("--exclusive", "exclusive")]
    public void The_command_is_told_what_is_locked(string option, string mode)
    {
        using var running = _locks.Start("run", option, "main:a/b", "--", "sh", "-c", "env | grep ^NSLOCK_ | sort");
        var result = running.Finish();
        Assert.Equal(
            [
                $"NSLOCK_DIRECTORY={_locks.Path}", $"NSLOCK_MODE={mode}", "NSLOCK_NAMESPACE=a/b", $"NSLOCK_PID={running.Id}",
                "NSLOCK_STORE=main",
            ],
            result.Lines);
    }

    [SkippableFact]
    public void Of_two_namespaces_it_is_told_both()
    {
        var result = _locks.Nslock("run", "-x", "main:b", "-x", "main:a", "--", "sh", "-c", SayNamespaces);
        Assert.Equal("b,a\n", result.Output);
    }

    [SkippableFact]
    public void An_nslock_inside_tells_nothing_of_the_one_around_it()
    {
        string[] inner = [.. LockDirectoryOfTest.Command, "run", "-s", "main:c", "--", "sh", "-c", SayNamespaces];
        Assert.Equal("c,\n", _locks.Nslock(["run", "-x", "main:a", "-x", "main:b", "--", .. inner]).Output);
    }

    [SkippableFact]
    public void A_command_that_is_not_there_is_found_out_before_anything_is_locked()
    {
        var result = _locks.Nslock("run", "--exclusive", "main:a", "--", "no-such-command");
        Assert.Equal(127, result.ExitCode);
        Assert.Equal("nslock: Cannot run 'no-such-command': there is no such command.\n", result.Error);
        Assert.False(Directory.Exists(_locks.Path));
    }

    [SkippableTheory]
    [InlineData("/etc/passwd")]
    [InlineData("/")]
    public void A_command_that_is_no_program_is_another_exit_code(string command)
    {
        var result = _locks.Nslock("run", "--exclusive", "main:a", "--", command);
        Assert.Equal(126, result.ExitCode);
        Assert.Contains($"'{command}'", result.Error);
    }

    [SkippableFact]
    public void A_script_without_an_interpreter_is_for_the_shell()
    {
        var script = Path.Combine(Directory.GetParent(_locks.Path)!.FullName, "script");
        File.WriteAllText(script, "echo \"$1\"");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal("a  b\n", _locks.Nslock("run", "--shared", "main:a", "--", script, "a  b").Output);
    }

    [SkippableFact]
    public void A_program_in_the_working_directory_is_not_run_instead_of_one_on_the_path()
    {
        var folder = Directory.GetParent(_locks.Path)!.FullName;
        var fake = Path.Combine(folder, "true");
        File.WriteAllText(fake, "#!/bin/sh\necho fake");
        File.SetUnixFileMode(fake, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var run = $"{string.Join(' ', LockDirectoryOfTest.Command)} run -d locks -s main:a --";
        var result = Machine.Run("sh", "-c", $"cd {folder}; {run} true; {run} ./true");
        Assert.Equal((0, "fake\n"), (result.ExitCode, result.Output));
    }

    [SkippableFact]
    public void A_command_in_a_pipe_ends_with_its_reader()
    {
        var words = string.Join(' ', LockDirectoryOfTest.Command);
        var script = $"env --default-signal=PIPE {words} run -d {_locks.Path} -s main:a -- sh -c 'yes; echo $? >&2' | head -n 1";
        Assert.Equal("141\n", Machine.Run("sh", "-c", script).Error);
    }

    [SkippableFact]
    public void A_directory_that_cannot_be_made_is_no_conflict()
    {
        var file = Path.Combine(Directory.GetParent(_locks.Path)!.FullName, "file");
        File.WriteAllText(file, "");
        var result = _locks.Nslock("run", "--directory", file, "--shared", "main:a", "--", "echo", "never");
        Assert.Equal((66, ""), (result.ExitCode, result.Output));
        Assert.Contains(file, result.Error);
    }
}
