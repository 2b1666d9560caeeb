namespace BackupServer;

/// <summary>An archive as one stream, read chunk by chunk; each chunk is checked against its digest.</summary>
internal sealed class ArchiveReader(ChunkStore chunks, SnapshotIndex index, ITaskProgress? progress = null) : Stream
{
    private byte[] _chunk = [];
    private int _used;
    private int _next;
    private long _position;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => index.Size;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_used == _chunk.Length)
        {
            if (_next == index.Entries.Count)
                return 0;
            var (end, digest) = index.Entries[_next++];
            _chunk = chunks.Read(digest);
            _used = 0;
            if (_position + _chunk.Length != end)
                throw new InvalidDataException($"Chunk {digest} has {_chunk.Length} bytes, and the index says {end - _position}.");
        }
        var count = Math.Min(buffer.Length, _chunk.Length - _used);
        _chunk.AsSpan(_used, count).CopyTo(buffer);
        _used += count;
        _position += count;
        progress?.Advance(count);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
