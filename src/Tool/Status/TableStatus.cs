using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NamespaceLocking.Tool;

/// <summary>The tree of a store as rows, with all that is held on the way from the root to what is held.</summary>
internal static class TableStatus
{
    internal static IRenderable Render(StatusSnapshot snapshot)
    {
        if (snapshot.Locks.Count == 0)
            return new Text($"Nothing is held in {snapshot.Directory}.");
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("Namespace"))
            .AddColumn(new TableColumn("Lock").NoWrap())
            .AddColumn(new TableColumn("Process").RightAligned().NoWrap())
            .AddColumn(new TableColumn("Process started").NoWrap())
            .AddColumn(new TableColumn("Command"));
        foreach (var store in snapshot.Locks.GroupBy(held => held.Store))
        {
            var byName = store.ToLookup(held => held.Name);
            foreach (var name in byName.SelectMany(group => WithAncestors(group.Key)).Distinct().Order())
            {
                AddRows(table, LabelOf(store.Key, name), [.. byName[name].Where(held => held.Backup is null)]);
                foreach (var backup in byName[name].Where(held => held.Backup is not null).GroupBy(held => held.Backup!))
                    AddRows(table, IndentOf(name.Namespace?.Depth + 1 ?? 2) + backup.Key.Text, [.. backup]);
            }
        }
        return table;
    }

    private static void AddRows(Table table, string label, List<HeldLock> locks)
    {
        if (locks.Count == 0)
            table.AddRow(new Text(label));
        foreach (var held in locks)
        {
            var color = held.IsWaiting ? Color.Yellow : held.Mode == LockMode.Exclusive ? Color.Red : Color.Green;
            table.AddRow(
                new Text(held == locks[0] ? label : ""),
                new Text((held.Mode == LockMode.Shared ? "shared" : "exclusive") + (held.IsWaiting ? ", waiting" : ""), color),
                new Text(held.Holder.Id.ToString(CultureInfo.InvariantCulture)),
                new Text(held.Holder.Started?.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "?"),
                new OneLine(held.Holder.Describe()));
        }
    }

    private static IEnumerable<LockName> WithAncestors(LockName name)
    {
        yield return name;
        for (var ns = name.Namespace; ns is { IsRoot: false }; ns = ns.Parent)
            yield return LockName.Of(ns.Parent);
        if (name.Namespace is null)
            yield return LockName.Root;
    }

    private static string LabelOf(string store, LockName name) => name switch
    {
        { Namespace.IsRoot: true } => Quoted.Printable(store) + ':',
        { Namespace: { } ns } => IndentOf(ns.Depth) + ns.Name,
        _ => "  " + name.Text,
    };

    private static string IndentOf(int depth) => new(' ', 2 * depth);
}
