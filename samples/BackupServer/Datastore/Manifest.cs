using System.Text.Json;
using System.Text.Json.Serialization;

namespace BackupServer;

/// <summary>What belongs to a snapshot. It is written last: a snapshot with a manifest is complete.</summary>
internal sealed record Manifest(string Group, string Time, IReadOnlyList<ManifestFile> Files)
{
    public long Size => Files.Sum(file => file.Size);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, DatastoreJson.Default.Manifest);

    /// <exception cref="InvalidDataException">The bytes are not a manifest.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, DatastoreJson.Default.Manifest) is { Files: not null } manifest ? manifest
                : throw new InvalidDataException("The manifest is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The manifest cannot be read: {error.Message}", error);
        }
    }
}

/// <summary>An archive of a snapshot, such as <c>root.tar</c>.</summary>
/// <param name="Name">The archive's name; its index is the file of this name with <c>.idx</c> behind it.</param>
/// <param name="Size">In bytes, as it was backed up.</param>
/// <param name="Chunks">How many entries the index has.</param>
/// <param name="IndexDigest">The SHA-256 of the index file, in hex.</param>
internal sealed record ManifestFile(string Name, long Size, int Chunks, string IndexDigest);

/// <summary>What a datastore says of itself.</summary>
/// <param name="Name">By which its locks are kept; the same for all who use it.</param>
/// <param name="SyncLevel">What is forced to disk before a snapshot counts as complete.</param>
internal sealed record DatastoreSettings(string Name, SyncLevel SyncLevel);

internal enum SyncLevel
{
    /// <summary>The file system that the datastore lies on: a snapshot survives the loss of power.</summary>
    FileSystem,

    /// <summary>Nothing: a snapshot survives the death of every process, and not the loss of power.</summary>
    None,
}

[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(DatastoreSettings))]
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
internal sealed partial class DatastoreJson : JsonSerializerContext;
