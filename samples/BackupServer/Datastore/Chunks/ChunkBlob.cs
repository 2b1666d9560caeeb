using System.IO.Compression;

namespace BackupServer;

/// <summary>How a chunk lies on disk: four bytes that say how it is packed, and then the content, compressed where that made it smaller.</summary>
internal static class ChunkBlob
{
    private static ReadOnlySpan<byte> Plain => "BCH0"u8;
    private static ReadOnlySpan<byte> Compressed => "BCHZ"u8;

    public static ReadOnlyMemory<byte> Pack(ReadOnlySpan<byte> content)
    {
        var blob = new MemoryStream(content.Length + Plain.Length);
        blob.Write(Compressed);
        using (var packer = new ZLibStream(blob, CompressionLevel.Fastest, leaveOpen: true))
            packer.Write(content);
        if (blob.Length >= content.Length + Plain.Length)
        {
            blob.SetLength(0);
            blob.Write(Plain);
            blob.Write(content);
        }
        return blob.GetBuffer().AsMemory(0, (int)blob.Length);
    }

    /// <exception cref="InvalidDataException">The blob is not the chunk of that name.</exception>
    public static byte[] Unpack(ChunkDigest digest, byte[] blob)
    {
        var content = Unpack(blob) ?? throw new InvalidDataException($"Chunk {digest} is not packed in a way that is known.");
        var actual = ChunkDigest.Of(content);
        return actual == digest ? content : throw new InvalidDataException($"Chunk {digest} is corrupt: its content has the digest {actual}.");
    }

    private static byte[]? Unpack(byte[] blob)
    {
        if (blob.AsSpan().StartsWith(Plain))
            return blob[Plain.Length..];
        if (!blob.AsSpan().StartsWith(Compressed))
            return null;
        using var packed = new ZLibStream(new MemoryStream(blob, Compressed.Length, blob.Length - Compressed.Length), CompressionMode.Decompress);
        var content = new MemoryStream();
        packed.CopyTo(content);
        return content.ToArray();
    }
}
