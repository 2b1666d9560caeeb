using System.Text.Json;

namespace NamespaceLocking.Tool;

/// <summary>Writes what is held to standard output, once.</summary>
internal static class StatusWriter
{
    internal static void Write(StatusSnapshot snapshot, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table:
                Terminal.Create().Write(TableStatus.Render(snapshot));
                if (snapshot.Locks.Count == 0)
                    Console.WriteLine();
                break;
            case OutputFormat.Plain:
                foreach (var line in PlainStatus.Lines(snapshot))
                    Console.WriteLine(line);
                break;
            case OutputFormat.Json:
                Console.WriteLine(JsonSerializer.Serialize(StatusJson.Of(snapshot), Json.Indented.StatusJson));
                break;
        }
    }
}
