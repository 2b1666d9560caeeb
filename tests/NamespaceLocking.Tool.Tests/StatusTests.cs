using System.Text.Json;

namespace NamespaceLocking.Tool.Tests;

/// <summary>Who holds what.</summary>
public sealed class StatusTests : IDisposable
{
    private readonly LockDirectoryOfTest _locks = new();

    public void Dispose() => _locks.Dispose();

    [SkippableFact]
    public void Plain_output_has_a_line_for_each_level_that_is_held()
    {
        using var holder = _locks.StartHolder("--exclusive", "main:a/b");
        var lines = _locks.Nslock("status").Lines.Select(line => line.Split('\t')).ToList();
        Assert.Equal(["main:", "main:a", "main:a/b"], lines.Select(fields => fields[0]));
        Assert.Equal(["shared", "shared", "exclusive"], lines.Select(fields => fields[1]));
        Assert.All(lines, fields =>
        {
            Assert.Equal(6, fields.Length);
            Assert.Equal("held", fields[2]);
            Assert.Equal(holder.Id.ToString(), fields[3]);
            Assert.True(DateTime.TryParse(fields[4], out _), fields[4]);
            Assert.Contains(" run --exclusive main:a/b -- sh -c ", fields[5]);
        });
    }

    [SkippableFact]
    public void Nothing_held_is_no_output_in_a_pipe_and_no_failure()
    {
        _locks.Make("main:a");
        var result = _locks.Nslock("status");
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
    }

    [SkippableFact]
    public void Json_has_what_the_documentation_says()
    {
        using var holder = _locks.StartHolder("--shared", "main:a");
        using var document = JsonDocument.Parse(_locks.Nslock("status", "--output", "json").Output);
        var root = document.RootElement;
        Assert.Equal(["schema", "directory", "time", "locks", "unreadable", "backupLocks"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        Assert.Equal(_locks.Path, root.GetProperty("directory").GetString());
        Assert.True(root.GetProperty("time").TryGetDateTimeOffset(out _));
        var held = root.GetProperty("locks").EnumerateArray().Last();
        Assert.Equal(
            ["store", "namespace", "shortenedNamespace", "file", "mode", "waiting", "processId", "processStarted", "commandLine"],
            held.EnumerateObject().Select(property => property.Name));
        Assert.Equal("main", held.GetProperty("store").GetString());
        Assert.Equal("a", held.GetProperty("namespace").GetString());
        Assert.Equal(JsonValueKind.Null, held.GetProperty("shortenedNamespace").ValueKind);
        Assert.Equal(_locks.LockFileOf("main", "a"), held.GetProperty("file").GetString());
        Assert.Equal("shared", held.GetProperty("mode").GetString());
        Assert.False(held.GetProperty("waiting").GetBoolean());
        Assert.Equal(holder.Id, held.GetProperty("processId").GetInt32());
        Assert.Equal(
            [.. LockDirectoryOfTest.Command, "run", "--shared", "main:a", "--", "sh", "-c", "echo held; exec cat"],
            held.GetProperty("commandLine").EnumerateArray().Select(word => word.GetString()));
        Assert.Empty(root.GetProperty("unreadable").EnumerateArray());
    }

    [SkippableFact]
    public void The_start_of_the_process_lies_between_its_own_start_and_now()
    {
        var before = DateTimeOffset.UtcNow;
        using var holder = _locks.StartHolder("--shared", "main:");
        using var document = JsonDocument.Parse(_locks.Nslock("status", "--output", "json").Output);
        var started = document.RootElement.GetProperty("locks")[0].GetProperty("processStarted").GetDateTimeOffset();
        // The kernel counts in hundredths of a second since the machine started, and that is known to a second.
        Assert.InRange(started, before.AddSeconds(-5), DateTimeOffset.UtcNow.AddSeconds(5));
    }

    [SkippableFact]
    public void A_namespace_shows_what_is_at_it_below_it_and_above_it()
    {
        using var holder = _locks.StartHolder("--shared", "main:a/b/c");
        using var beside = _locks.StartHolder("--shared", "main:a/x");
        using var other = _locks.StartHolder("--shared", "other:a/b");
        string[] targets = [.. _locks.Nslock("status", "main:a/b").Lines.Select(line => line.Split('\t')[0]).Distinct()];
        Assert.Equal(["main:", "main:a", "main:a/b", "main:a/b/c"], targets);
        targets = [.. _locks.Nslock("status", "other").Lines.Select(line => line.Split('\t')[0])];
        Assert.Equal(["other:", "other:a", "other:a/b"], targets);
    }

    [SkippableFact]
    public void Several_holders_of_one_namespace_are_all_shown()
    {
        using var first = _locks.StartHolder("--shared", "main:a");
        using var second = _locks.StartHolder("--shared", "main:a");
        var holders = _locks.Nslock("status", "main:a").Lines.Select(line => line.Split('\t')).Where(fields => fields[0] == "main:a");
        Assert.Equal(new[] { first.Id, second.Id }.Order(), holders.Select(fields => int.Parse(fields[3])).Order());
    }

    [SkippableFact]
    public void Who_waits_in_the_kernel_is_shown_as_waiting()
    {
        _locks.Make("main:a");
        using var holder = _locks.StartHolder("--shared", "main:a");
        using var waiting = Machine.Start("flock", "--exclusive", _locks.LockFileOf("main", "a"), "true");
        // It waits as soon as it shows up at all.
        string[][] lines;
        do
        {
            lines = [.. _locks.Nslock("status", "main:a").Lines.Select(line => line.Split('\t'))];
            lines = [.. lines.Where(fields => fields[3] == $"{waiting.Id}")];
        }
        while (lines.Length == 0 && !waiting.HasExited);
        Assert.Equal(["main:a", "exclusive", "waiting"], Assert.Single(lines)[..3]);
        Assert.Equal(0, holder.Finish().ExitCode);
        Assert.Equal(0, waiting.Finish().ExitCode);
    }

    [SkippableFact]
    public void A_namespace_with_a_long_name_is_shown_as_far_as_its_file_has_it()
    {
        var ns = $"{new string('x', 127)}/{new string('y', 128)}";
        using var holder = _locks.StartHolder("--exclusive", $"main:{ns}");
        using var document = JsonDocument.Parse(_locks.Nslock("status", $"main:{ns}", "-o", "json").Output);
        var held = document.RootElement.GetProperty("locks").EnumerateArray().Last();
        Assert.Equal(JsonValueKind.Null, held.GetProperty("namespace").ValueKind);
        Assert.StartsWith($"{new string('x', 80)}...{new string('y', 80)}-", held.GetProperty("shortenedNamespace").GetString());
        Assert.Equal("exclusive", held.GetProperty("mode").GetString());
    }

    [SkippableFact]
    public void Links_are_not_followed()
    {
        using var elsewhere = new LockDirectoryOfTest();
        using var holder = elsewhere.StartHolder("--exclusive", "main:a");
        _locks.Make("other:a");
        File.CreateSymbolicLink(Path.Combine(_locks.Path, "main"), Path.Combine(elsewhere.Path, "main"));
        File.CreateSymbolicLink(Path.Combine(_locks.Path, "other", "b"), Path.Combine(elsewhere.Path, "main", "a"));
        Assert.Equal("", _locks.Nslock("status").Output);
    }

    [SkippableFact]
    public void What_may_not_be_read_is_told()
    {
        _locks.Make("main:a");
        _locks.Make("other:a");
        using var holder = _locks.StartHolder("--shared", "other:");
        _locks.OpenToAll("", "other", "other/a");
        File.SetUnixFileMode(Path.Combine(_locks.Path, "main"), UnixFileMode.None);
        var result = _locks.NslockAsAnotherUser("status", "--directory", _locks.Path);
        var json = _locks.NslockAsAnotherUser("status", "--directory", _locks.Path, "--output", "json");
        File.SetUnixFileMode(Path.Combine(_locks.Path, "main"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("other:\tshared\theld\t", Assert.Single(result.Lines));
        var closed = Path.Combine(_locks.Path, "main");
        Assert.Equal($"nslock: '{closed}' cannot be read by this user: locks in it are not shown.\n", result.Error);
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal([closed], document.RootElement.GetProperty("unreadable").EnumerateArray().Select(path => path.GetString()));
    }

    [SkippableFact]
    public void A_terminal_gets_a_table_with_the_tree()
    {
        using var holder = _locks.StartHolder("--exclusive", "main:a/b");
        using var terminal = TerminalProgram.Start(_locks, "status");
        var output = terminal.WaitForExit().Output;
        Assert.Matches(@"Namespace +Lock +Process +Process started +Command", output);
        Assert.Matches($@"  main: +\S*shared\S* +{holder.Id} ", output);
        Assert.Matches($@"    a +\S*shared\S* +{holder.Id} ", output);
        Assert.Matches($@"      b +\S*exclusive\S* +{holder.Id} ", output);
        // In colour.
        Assert.Contains("\x1b[", output);
    }

    [SkippableFact]
    public void A_table_can_be_had_in_a_pipe_and_has_no_colour_there()
    {
        using var holder = _locks.StartHolder("--exclusive", "main:a/b");
        var output = _locks.Nslock("status", "--output", "table").Output;
        Assert.Matches($@"      b +exclusive +{holder.Id} ", output);
        Assert.DoesNotContain('\x1b', output);
    }
}
