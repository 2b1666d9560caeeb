using System.Formats.Tar;
using System.Globalization;

namespace BackupServer;

/// <summary>A set of tapes, each of which is a tar file: <c>tape-0001.tar</c> and so on, to be read in this order.</summary>
internal sealed class MediaSet(string directory)
{
    /// <summary>The tapes that are complete, in order.</summary>
    /// <exception cref="InvalidOperationException">There are none, or one is missing.</exception>
    public IReadOnlyList<string> FindTapes()
    {
        var tapes = Directory.Exists(directory) ? Directory.GetFiles(directory, "tape-*.tar").Order(StringComparer.Ordinal).ToList() : [];
        if (tapes.Count == 0)
            throw new InvalidOperationException($"There are no tapes in '{directory}': 'tape write' writes some.");
        for (var i = 0; i < tapes.Count; i++)
        {
            if (tapes[i] != PathOf(i + 1))
                throw new InvalidOperationException($"Tape {Path.GetFileName(PathOf(i + 1))} is missing in '{directory}'.");
        }
        return tapes;
    }

    /// <summary>The path of a tape by its number, from 1 on.</summary>
    public string PathOf(int number) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"tape-{number:0000}.tar"));

    /// <summary>What is on the tapes, one entry after the other; the content of one is there until the next is asked for.</summary>
    public IEnumerable<TarEntry> Read()
    {
        foreach (var tape in FindTapes())
        {
            using var reader = new TarReader(File.OpenRead(tape));
            while (reader.GetNextEntry() is { } entry)
                yield return entry;
        }
    }
}
