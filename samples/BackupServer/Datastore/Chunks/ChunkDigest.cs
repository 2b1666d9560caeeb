using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BackupServer;

/// <summary>The SHA-256 of a chunk's content, which is its name.</summary>
internal readonly record struct ChunkDigest(UInt128 High, UInt128 Low)
{
    public const int Size = 32;

    /// <summary>The part of the store that the chunk lies in: the first of its two levels of directories.</summary>
    public byte Bucket => (byte)(High >> 120);

    public static ChunkDigest Of(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(content, digest);
        return Read(digest);
    }

    public static ChunkDigest Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    public static ChunkDigest Parse(string hex) => Read(Convert.FromHexString(hex));

    public static bool TryParse(string hex, out ChunkDigest digest)
    {
        var bytes = new byte[Size];
        var isDigest = hex.Length == 2 * Size && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        digest = isDigest ? Read(bytes) : default;
        return isDigest;
    }

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Low);
    }

    public override string ToString() => $"{High:x32}{Low:x32}";
}
