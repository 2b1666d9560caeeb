namespace NamespaceLocking.Tool.Tests;

/// <summary>What cannot be understood is refused before anything is made, with the exit code of sysexits.h and words that help.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly LockDirectoryOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [SkippableTheory]
    [InlineData("run -- true", "There is nothing to lock")]
    [InlineData("run -s main:a", "There is no command")]
    [InlineData("run -s main:a --", "There is no command")]
    [InlineData("run -s main:a true", "'true' is no option: the command and its arguments come after '--'")]
    [InlineData("run -s main:a --what -- true", "'--what' is no option")]
    [InlineData("run -s main -- true", "'main' does not say which namespace")]
    [InlineData("run -s main:a//b -- true", "component 2 is empty")]
    [InlineData("run -s main:../etc -- true", "component 1 ('..') starts with '.'")]
    [InlineData("run -s :a -- true", "cannot be a store's name: it is empty")]
    [InlineData("run -s ..:a -- true", "'..' cannot be a store's name")]
    [InlineData("run -s x/y:a -- true", "it has a '/'")]
    [InlineData("run -s -- true", "Required argument missing for option: '-s'")]
    [InlineData("run -s main:a -s main:b -- true", "Too many locks")]
    [InlineData("run -s main:a -x main:b -- true", "Too many locks")]
    [InlineData("run -x main:a -x main:b -x main:c -- true", "Too many locks")]
    [InlineData("run -x main:a -x other:b -- true", "'main:a' and 'other:b' are of two stores")]
    [InlineData("run -s main:a -w soon -- true", "'soon' is not a time span")]
    [InlineData("run -s main:a -w -1 -- true", "'-1' is not a time span")]
    [InlineData("run -s main:a -n -w 1 -- true", "contradict")]
    [InlineData("run -s main:a -E 256 -- true", "'256' is not an exit code")]
    [InlineData("run -s main:a -d -- true", "Required argument missing for option: '-d'")]
    [InlineData("status main:a:b extra", "extra")]
    [InlineData("status -o xml", "'xml' is not an output format")]
    [InlineData("status --watch 0", "'0' is no time to wait")]
    [InlineData("status main:a/", "component 2 is empty")]
    [InlineData("check ..", "'..' cannot be a store's name")]
    [InlineData("chekc", "chekc")]
    [InlineData("", "Required command was not provided")]
    public void It_says_what_is_wrong(string commandLine, string expected)
    {
        var result = _locks.Nslock(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("nslock: ", result.Error);
        Assert.Contains(expected, result.Error);
        Assert.Contains("--help'", result.Error);
        Assert.False(Directory.Exists(_locks.Path));
    }

    [SkippableTheory]
    [InlineData("status")]
    [InlineData("check")]
    public void A_directory_that_is_not_there_is_no_directory_in_which_nothing_is_held(string command)
    {
        var result = _locks.Nslock(command);
        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.Contains($"'{_locks.Path}' is not a directory", result.Error);
        Assert.False(Directory.Exists(_locks.Path));
    }

    [SkippableTheory]
    [InlineData("status")]
    [InlineData("check")]
    public void A_store_that_is_not_there_is_told_with_those_that_are(string command)
    {
        _locks.Make("main:a");
        _locks.Make("other:a");
        var result = _locks.Nslock(command, "mian");
        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.Contains("no store 'mian'", result.Error);
        Assert.Contains("main, other", result.Error);
    }

    [SkippableFact]
    public void An_empty_variable_is_no_directory()
    {
        var result = _locks.NslockWith([(DirectoryOption.Variable, "")], "status");
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("NSLOCK_DIRECTORY is empty", result.Error);
    }

    [SkippableFact]
    public void The_option_goes_before_the_variable()
    {
        _locks.Make("main:a");
        Assert.Equal(0, _locks.NslockWith([(DirectoryOption.Variable, "/nowhere")], "status", "--directory", _locks.Path).ExitCode);
    }

    [SkippableFact]
    public void Each_command_has_help_of_its_own_and_one_line_among_the_others()
    {
        var overview = _locks.Nslock("--help").Output;
        foreach (var command in new[] { "run", "status", "check" })
        {
            var help = _locks.Nslock(command, "--help");
            Assert.Equal(0, help.ExitCode);
            Assert.Contains("--directory", help.Output);
            var firstLine = help.Output.Split('\n')[1].Trim();
            Assert.Contains(firstLine, overview);
        }
        Assert.DoesNotContain("SIGKILL", overview);
    }
}
