namespace BackupServer;

/// <summary>A stream that goes into the chunk store piece by piece, and the index of it.</summary>
/// <param name="chunks">The session that stores them, for as long as something is written.</param>
internal sealed class ArchiveWriter(ChunkWriter chunks) : Stream
{
    private readonly Chunker _chunker = new();
    private readonly byte[] _chunk = new byte[Chunker.MaxSize];
    private int _size;

    public SnapshotIndex Index { get; } = new();

    /// <summary>How many bytes were added on disk.</summary>
    public long Added { get; private set; }

    /// <summary>How many chunks were there before.</summary>
    public int Reused { get; private set; }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Index.Size + _size;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var (count, isEnd) = _chunker.Take(buffer);
            buffer[..count].CopyTo(_chunk.AsSpan(_size));
            _size += count;
            buffer = buffer[count..];
            if (isEnd)
                StoreChunk();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Stores what is left.</summary>
    public void Complete()
    {
        if (_size > 0)
            StoreChunk();
    }

    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    private void StoreChunk()
    {
        var content = _chunk.AsSpan(0, _size);
        var digest = ChunkDigest.Of(content);
        chunks.ThrowIfEnded();
        var added = chunks.Store(digest, content);
        Added += added;
        Reused += added == 0 ? 1 : 0;
        Index.Add(digest, _size);
        _size = 0;
    }
}
