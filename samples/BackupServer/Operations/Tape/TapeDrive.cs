using System.Formats.Tar;

namespace BackupServer;

/// <summary>Writes a media set, and goes on with a new tape when one is full. A tape has its name when it is complete.</summary>
internal sealed class TapeDrive(MediaSet media, long capacity) : IDisposable
{
    private FileStream? _file;
    private TarWriter? _tape;

    /// <summary>How many tapes there are.</summary>
    public int Tapes { get; private set; }

    public void Write(string name, byte[] content)
    {
        // An entry has a header and is padded to 512 bytes, and two empty blocks end a tape.
        if (_file is not null && _file.Position + content.Length + 4096 > capacity)
            Complete();
        if (_tape is null)
        {
            _file = new FileStream(AtomicFile.TemporaryPath(media.PathOf(++Tapes)), FileMode.CreateNew);
            _tape = new TarWriter(_file, TarEntryFormat.Pax, leaveOpen: true);
        }
        _tape.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content, writable: false) });
    }

    /// <summary>Completes the tape at hand.</summary>
    public void Complete()
    {
        if (_tape is null || _file is null)
            return;
        _tape.Dispose();
        _file.Dispose();
        File.Move(_file.Name, media.PathOf(Tapes));
        (_tape, _file) = (null, null);
    }

    public void Dispose()
    {
        _tape?.Dispose();
        _file?.Dispose();
        if (_file is not null)
            File.Delete(_file.Name);
    }
}
