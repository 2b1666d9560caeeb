using System.Globalization;

namespace NamespaceLocking.Tool;

/// <summary>A line for each lock, with tabs between its fields, none of which has a tab.</summary>
internal static class PlainStatus
{
    internal static IEnumerable<string> Lines(StatusSnapshot snapshot) => snapshot.Locks.Select(held => string.Join('\t',
        Quoted.Printable(held.Store) + ':' + held.Name.Text + (held.Backup is null ? "" : $" {held.Backup.Text}"),
        held.Mode == LockMode.Shared ? "shared" : "exclusive",
        held.IsWaiting ? "waiting" : "held",
        held.Holder.Id.ToString(CultureInfo.InvariantCulture),
        held.Holder.Started?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-",
        held.Holder.Describe()));
}
