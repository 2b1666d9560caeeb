using System.Text.Json.Serialization;
using NamespaceLocking;

namespace BackupServer;

/// <summary>A line of a task's log.</summary>
internal sealed record TaskEvent
{
    public required string Event { get; init; }
    public DateTime Time { get; init; }

    /// <summary>The machine's monotonic clock, by which events of several processes are ordered.</summary>
    public long Ticks { get; init; }

    public string? Task { get; init; }
    public string? Message { get; init; }
    public string? Store { get; init; }
    public string? Namespace { get; init; }
    public string? Snapshot { get; init; }
    public LockMode? Mode { get; init; }

    /// <summary>What ties the end of a section to its beginning.</summary>
    public int? Section { get; init; }
}

[JsonSerializable(typeof(TaskEvent))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class TaskJson : JsonSerializerContext;
