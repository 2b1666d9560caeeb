using System.CommandLine;
using BackupServer;

var root = new RootCommand("Backups in a datastore, whose namespaces, groups and snapshots are locked as those of a backup server.")
{
    InitCommand.Create(),
    BackupCommand.Create(),
    SnapshotCommands.CreateRestore(),
    SnapshotCommands.CreateList(),
    SnapshotCommands.CreateShow(),
    SnapshotCommands.CreateProtect(),
    MaintenanceCommands.CreateVerify(),
    MaintenanceCommands.CreatePrune(),
    MaintenanceCommands.CreateCollect(),
    SyncCommands.CreatePull(),
    SyncCommands.CreatePush(),
    TapeCommands.Create(),
    NamespaceCommands.Create(),
    DemoCommand.Create(),
    CommonOptions.Output,
};
return root.Parse(args).Invoke();
