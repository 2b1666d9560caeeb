using System.Buffers.Binary;

namespace BackupServer;

/// <summary>The chunks that an archive is made of, in order, each with the place in the archive where it ends.</summary>
internal sealed class SnapshotIndex
{
    private const int EntrySize = sizeof(long) + ChunkDigest.Size;

    private readonly List<(long End, ChunkDigest Digest)> _entries = [];

    public IReadOnlyList<(long End, ChunkDigest Digest)> Entries => _entries;

    public IEnumerable<ChunkDigest> Chunks => _entries.Select(entry => entry.Digest);

    /// <summary>The archive's size in bytes.</summary>
    public long Size => _entries is [.., var last] ? last.End : 0;

    private static ReadOnlySpan<byte> Magic => "BSIDX001"u8;

    public void Add(ChunkDigest digest, int size) => _entries.Add((Size + size, digest));

    public byte[] ToBytes()
    {
        var bytes = new byte[Magic.Length + _entries.Count * EntrySize];
        Magic.CopyTo(bytes);
        var rest = bytes.AsSpan(Magic.Length);
        foreach (var (end, digest) in _entries)
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, end);
            digest.Write(rest[sizeof(long)..]);
            rest = rest[EntrySize..];
        }
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are not an index.</exception>
    public static SnapshotIndex Parse(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic) || (bytes.Length - Magic.Length) % EntrySize != 0)
            throw new InvalidDataException("The file is not an index of chunks.");
        var index = new SnapshotIndex();
        for (var rest = bytes[Magic.Length..]; !rest.IsEmpty; rest = rest[EntrySize..])
        {
            var end = BinaryPrimitives.ReadInt64BigEndian(rest);
            if (end <= index.Size || end - index.Size > Chunker.MaxSize)
                throw new InvalidDataException($"The index of chunks has an entry that ends at {end}, after one that ends at {index.Size}.");
            index._entries.Add((end, ChunkDigest.Read(rest[sizeof(long)..])));
        }
        return index;
    }
}
