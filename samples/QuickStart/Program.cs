using NamespaceLocking;
using QuickStart;

var root = args is ["backup", var given] ? given : Directory.CreateTempSubdirectory("quick-start-").FullName;
var locks = new NamespaceLockManager("main", new FileLockProvider(Path.Combine(root, "locks")));
var store = new Datastore(Path.Combine(root, "data"));
var source = BackupNamespace.Parse("customers/acme");
var target = BackupNamespace.Parse("archive/acme");

if (args is ["backup", _])
{
    // The second process: a backup, which is done when its input ends. Others may back up into the namespace at the same time.
    using var guard = locks.AcquireShared(source);
    Console.WriteLine($"Process {Environment.ProcessId} backs up into {source} under a shared guard.");
    store.Backup(source, "today", Console.In);
    return;
}

using var backup = AnotherProcess.Start("backup", root);
Console.WriteLine(backup.StandardOutput.ReadLine());
backup.StandardInput.WriteLine("what the customer cannot afford to lose");

Console.WriteLine($"Process {Environment.ProcessId} wants to move {source} to {target}, and asks once.");
try
{
    using var guard = locks.AcquireExclusive(source, target);
    store.Move(source, target);
}
catch (NamespaceLockedException refusal)
{
    Console.WriteLine($"Refused. {refusal.Message}");
}

Console.WriteLine("The input of the backup ends, and the move is asked for again, with a timeout.");
backup.StandardInput.Close();
using (locks.AcquireExclusive(source, target, TimeSpan.FromSeconds(30)))
    store.Move(source, target);

using (locks.AcquireShared(target))
    Console.Write($"Granted. In {target} there is now: {store.Read(target, "today")}");
backup.WaitForExit();
Directory.Delete(root, recursive: true);
