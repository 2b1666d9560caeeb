namespace BackupServer;

/// <summary>
/// Cuts a stream where its content says so, by a rolling hash (a gear hash), so that bytes that are inserted change the chunks around
/// them, and none of those behind.
/// </summary>
internal sealed class Chunker
{
    public const int MinSize = 64 * 1024;
    public const int MaxSize = 1024 * 1024;

    // A cut at every 2^18th byte beyond the minimum on average: chunks of about 320 KiB.
    private const ulong Mask = ((1UL << 18) - 1) << 46;

    private static readonly ulong[] Gear = MakeGear();

    private ulong _hash;
    private int _size;

    /// <summary>How many of these bytes still belong to the current chunk, and whether it ends with them.</summary>
    public (int Count, bool IsEnd) Take(ReadOnlySpan<byte> bytes)
    {
        // What lies before the minimum is not looked at, apart from the 64 bytes that the hash remembers.
        var position = Math.Min(bytes.Length, Math.Max(0, MinSize - 64 - _size));
        var hash = _hash;
        var last = Math.Min(bytes.Length, MaxSize - _size);
        for (; position < last; position++)
        {
            hash = (hash << 1) + Gear[bytes[position]];
            if ((hash & Mask) == 0 && _size + position + 1 >= MinSize)
                return End(position + 1);
        }
        if (_size + position == MaxSize)
            return End(position);
        _hash = hash;
        _size += position;
        return (position, false);
    }

    private (int Count, bool IsEnd) End(int count)
    {
        _hash = 0;
        _size = 0;
        return (count, true);
    }

    /// <summary>The same numbers for good, or nothing that was stored before would be found again.</summary>
    private static ulong[] MakeGear()
    {
        var gear = new ulong[256];
        var state = 0x9E3779B97F4A7C15UL;
        for (var i = 0; i < gear.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            gear[i] = state * 0x2545F4914F6CDD1DUL;
        }
        return gear;
    }
}
