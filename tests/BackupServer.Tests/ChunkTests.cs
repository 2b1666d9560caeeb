namespace BackupServer.Tests;

public class ChunkTests
{
    [Fact]
    public void Bytes_that_are_inserted_change_the_chunks_around_them_alone()
    {
        var content = new byte[8 * 1024 * 1024];
        new Random(1).NextBytes(content);
        var before = Cut(content);
        var after = Cut([.. content[..3_000_000], .. "something new"u8, .. content[3_000_000..]]);
        Assert.InRange(before.Count, 8, 128);
        Assert.InRange(after.Except(before).Count(), 1, 3);
    }

    [Fact]
    public void Chunks_are_the_same_however_the_stream_is_written()
    {
        var content = new byte[3 * 1024 * 1024];
        new Random(1).NextBytes(content);
        Assert.Equal(Cut(content), Cut(content, piece: 777));
    }

    [Fact]
    public void Chunks_of_what_never_tells_where_to_cut_have_the_greatest_size() =>
        Assert.Equal(Chunker.MaxSize, Sizes(new byte[3 * Chunker.MaxSize + 5], int.MaxValue).Max());

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public void A_packed_chunk_is_unpacked(int size)
    {
        var content = new byte[size];
        var digest = ChunkDigest.Of(content);
        Assert.Equal(content, ChunkBlob.Unpack(digest, ChunkBlob.Pack(content).ToArray()));
        new Random(1).NextBytes(content);
        digest = ChunkDigest.Of(content);
        Assert.Equal(content, ChunkBlob.Unpack(digest, ChunkBlob.Pack(content).ToArray()));
        Assert.Equal(digest, ChunkDigest.Parse(digest.ToString()));
    }

    private static List<ChunkDigest> Cut(byte[] content, int piece = int.MaxValue)
    {
        var start = 0;
        var chunks = new List<ChunkDigest>();
        foreach (var size in Sizes(content, piece))
        {
            chunks.Add(ChunkDigest.Of(content.AsSpan(start, size)));
            start += size;
        }
        return chunks;
    }

    private static List<int> Sizes(byte[] content, int piece)
    {
        var chunker = new Chunker();
        var sizes = new List<int>();
        var size = 0;
        for (var position = 0; position < content.Length;)
        {
            var (count, isEnd) = chunker.Take(content.AsSpan(position, Math.Min(piece, content.Length - position)));
            position += count;
            size += count;
            if (!isEnd && position < content.Length)
                continue;
            sizes.Add(size);
            size = 0;
        }
        return sizes;
    }
}
