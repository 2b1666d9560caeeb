using Spectre.Console;

namespace BackupServer;

/// <summary>Two datastores in a temporary folder, and processes that get in each other's way.</summary>
internal sealed class DemoScript(IAnsiConsole console) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backup-server-demo-").FullName;
    private bool _isAsExpected = true;

    private string Main => Path.Combine(_folder, "main");

    private string Mirror => Path.Combine(_folder, "mirror");

    /// <returns>Whether all came as it should.</returns>
    public bool Run()
    {
        var tree = Path.Combine(_folder, "tree");
        MakeTree(tree);
        Say("Two datastores, and a first backup");
        Expect(0, "init", Main, "--name", "main", "--sync-level", "none");
        Expect(0, "init", Mirror, "--name", "mirror", "--sync-level", "none");
        Expect(0, "namespace", "create", "customers/acme", "--store", Main);
        Expect(0, "backup", "host/web1", $"root.tar:{tree}", "--ns", "customers/acme", "--time", "2026-03-10T15:13:09Z", "--store", Main);

        Say("A backup runs: its group, its namespace and the snapshot before it are locked");
        using (var backup = StartBackup("2026-03-11T15:13:09Z"))
        {
            Expect(TaskCommand.Refused, "backup", "host/web1", $"root.tar:{tree}", "--ns", "customers/acme", "--store", Main);
            Expect(0, "backup", "host/web2", $"root.tar:{tree}", "--ns", "customers/acme", "--time", "2026-03-11T15:13:09Z", "--store", Main);
            Expect(TaskCommand.Refused, "namespace", "move", "customers", "archive", "--store", Main);
            Expect(TaskCommand.Refused, "namespace", "delete", "customers/acme", "--delete-groups", "--store", Main);
            Expect(TaskCommand.Refused, "protect", "host/web1/2026-03-10T15:13:09Z", "--ns", "customers/acme", "--store", Main);
            ExpectAll(
                ["verify", "--store", Main], ["gc", "--margin", "0", "--store", Main], ["pull", "--from", Main, "--store", Mirror],
                ["prune", "--keep-last", "5", "--store", Main]);
            backup.Input.Write("what the customer cannot afford to lose"u8);
            Finish(backup, 0);
        }

        Say("A backup is killed: what it held is free, and what it wrote is garbage");
        using (var killed = StartBackup("2026-03-12T15:13:09Z"))
        {
            killed.Input.Write(new byte[3 * Chunker.MaxSize]);
            killed.Kill();
            console.MarkupLineInterpolated($"[grey]Process {killed.Id} is killed.[/]");
        }
        Expect(0, "namespace", "move", "customers", "archive/2026", "--store", Main);
        Expect(0, "gc", "--margin", "0", "--store", Main);

        Say("Copies, at once: to the other datastore, and to tape");
        var tapes = Path.Combine(_folder, "tapes");
        ExpectAll(["push", "--to", Mirror, "--remote-ns", "pushed", "--store", Main], ["tape", "write", "--media", tapes, "--store", Main]);
        ExpectAll(["tape", "restore", "--media", tapes, "--ns", "from/tape", "--store", Mirror], ["prune", "--keep-last", "1", "--store", Main]);

        Say("All is there");
        Expect(0, "list", "--store", Main);
        ExpectAll(["verify", "--store", Main], ["verify", "--store", Mirror]);
        var restored = Path.Combine(_folder, "restored");
        Expect(0, "restore", "host/web2/2026-03-11T15:13:09Z", "root.tar", restored, "--ns", "from/tape/archive/2026/acme", "--store", Mirror);
        Check(Directory.GetFiles(tree).All(file => File.ReadAllBytes(file).SequenceEqual(File.ReadAllBytes(Path.Combine(restored, Path.GetFileName(file))))),
            "What came back from tape is what was backed up.");
        return _isAsExpected;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void MakeTree(string path)
    {
        Directory.CreateDirectory(path);
        var random = new Random(1);
        for (var i = 0; i < 8; i++)
        {
            var content = new byte[500_000];
            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(path, $"file {i}"), content);
        }
    }

    private ProgramProcess StartBackup(string time)
    {
        string[] arguments = ["backup", "host/web1", "disk.img:-", "--ns", "customers/acme", "--time", time, "--store", Main];
        var backup = new ProgramProcess(arguments);
        console.MarkupLineInterpolated($"[bold]$ {Shorten(string.Join(' ', arguments))} &[/]");
        backup.WaitForFirstLine();
        return backup;
    }

    private void Expect(int code, params string[] arguments)
    {
        using var process = new ProgramProcess(arguments);
        console.MarkupLineInterpolated($"[bold]$ {Shorten(string.Join(' ', arguments))}[/]");
        Finish(process, code);
    }

    private void ExpectAll(params string[][] commands)
    {
        var processes = commands.Select(arguments => new ProgramProcess(arguments)).ToList();
        foreach (var (arguments, process) in commands.Zip(processes))
        {
            using (process)
            {
                console.MarkupLineInterpolated($"[bold]$ {Shorten(string.Join(' ', arguments))} &[/]");
                Finish(process, 0);
            }
        }
    }

    private void Finish(ProgramProcess process, int code)
    {
        var actual = process.Finish();
        foreach (var line in process.Lines)
            console.WriteLine(Shorten(line), new Style(actual == TaskCommand.Refused ? Color.Yellow : Color.Grey));
        if (actual != code)
            Check(false, $"It ended with {actual}, and not with {code}.");
    }

    private void Say(string what)
    {
        console.WriteLine();
        console.Write(new Rule(Markup.Escape(what)).LeftJustified());
    }

    private void Check(bool isAsExpected, string what)
    {
        _isAsExpected &= isAsExpected;
        console.MarkupLineInterpolated(isAsExpected ? (FormattableString)$"[green]{what}[/]" : $"[red]Not as it should be: {what}[/]");
    }

    private string Shorten(string text) => text.Replace(_folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
}
