namespace BackupServer;

/// <summary>A file that may change while it is read, as the number of bytes that was announced: what is missing is zeros, what is too much is left.</summary>
internal sealed class FixedLengthStream(Stream inner, long length) : Stream
{
    private long _position;

    /// <summary>Whether the file had another length in the end.</summary>
    public bool HasMissed { get; private set; }

    public override bool CanRead => true;
    public override bool CanSeek => true; // Tar asks for the length, and seeks nowhere.
    public override bool CanWrite => false;
    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, length - _position)];
        if (buffer.IsEmpty)
        {
            HasMissed |= inner.ReadByte() >= 0;
            return 0;
        }
        var count = inner.Read(buffer);
        if (count == 0)
        {
            HasMissed = true;
            buffer.Clear();
            count = buffer.Length;
        }
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
