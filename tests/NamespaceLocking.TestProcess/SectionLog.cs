using System.IO.MemoryMappedFiles;

namespace NamespaceLocking.TestProcess;

/// <summary>
/// What was held when, by all processes: a file that they map, which outlives a process that is killed.
/// </summary>
/// <remarks>
/// Time is a counter that all of them raise atomically. A section takes a number after its lock was granted, and another one
/// before it gives the lock back, so that it held the lock from the one to the other for certain: where two such intervals
/// overlap, the locks did. No clock is involved, and no false alarm possible.
/// </remarks>
internal sealed unsafe class SectionLog : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Header* _header;
    private readonly Record* _records;

    private SectionLog(FileStream stream)
    {
        Capacity = (int)((stream.Length - sizeof(Header)) / sizeof(Record));
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _header = (Header*)start;
        _records = (Record*)(start + sizeof(Header));
    }

    /// <summary>How many sections there is room for; when it is used up, the processes end.</summary>
    internal int Capacity { get; }

    internal bool IsFull => Volatile.Read(ref _header->Next) >= Capacity;

    /// <summary>The latest number that a section took.</summary>
    internal long Now => Volatile.Read(ref _header->Ticket);

    /// <summary>How many sections have begun.</summary>
    internal long Begun => Math.Min(Volatile.Read(ref _header->Next), Capacity);

    /// <summary>How many requests were refused.</summary>
    internal long Refused => Volatile.Read(ref _header->Refused);

    /// <summary>How many lock files were removed by who held them exclusively.</summary>
    internal long Removed => Volatile.Read(ref _header->Removed);

    internal static SectionLog Create(string path, int capacity)
    {
        // Shared access, as .NET keeps others out by a flock of its own otherwise.
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.SetLength(sizeof(Header) + ((long)capacity * sizeof(Record)));
        return new(stream);
    }

    internal static SectionLog Open(string path) => new(new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));

    /// <summary>Notes that a lock is held from now on.</summary>
    /// <returns>The record, for <see cref="Exit"/>; -1 when the log is full.</returns>
    internal long Enter(int run, int place, LockMode mode)
    {
        var index = Interlocked.Increment(ref _header->Next) - 1;
        if (index >= Capacity)
            return -1;
        ref var record = ref _records[index];
        record.Run = run;
        record.Place = place;
        record.Mode = (int)mode;
        record.Enter = Interlocked.Increment(ref _header->Ticket);
        Volatile.Write(ref record.State, (int)SectionState.Inside);
        return index;
    }

    /// <summary>Notes that the lock is about to be given back.</summary>
    internal void Exit(long index)
    {
        if (index < 0)
            return;
        ref var record = ref _records[index];
        // Said first: a process killed between here and the end of the method may have taken its number, or not.
        Interlocked.Exchange(ref record.State, (int)SectionState.Leaving);
        record.Exit = Interlocked.Increment(ref _header->Ticket);
        Volatile.Write(ref record.State, (int)SectionState.Left);
    }

    /// <summary>Lets those begin who wait for it.</summary>
    internal void Open() => Volatile.Write(ref _header->IsOpen, 1);

    /// <summary>Waits for <see cref="Open()"/>: a process that is started before others would fill the log alone.</summary>
    internal void WaitUntilOpen()
    {
        while (Volatile.Read(ref _header->IsOpen) == 0)
            Thread.Sleep(1);
    }

    internal void CountRefused() => Interlocked.Increment(ref _header->Refused);

    internal void CountRemoved() => Interlocked.Increment(ref _header->Removed);

    /// <summary>The sections that were entered, once every process has ended.</summary>
    /// <param name="places">What was locked, by the numbers in the log.</param>
    /// <param name="killedAfter">For each run that was killed, a number that had been taken before it was.</param>
    internal List<Section> Read(IReadOnlyList<StressPlace> places, IReadOnlyDictionary<int, long> killedAfter)
    {
        var sections = new List<Section>();
        for (var i = 0; i < Begun; i++)
        {
            var record = _records[i];
            var exit = (SectionState)record.State switch
            {
                SectionState.Left => record.Exit,
                // Killed inside: it was alive, and so held the lock, when the number was read.
                SectionState.Inside => Math.Max(record.Enter, killedAfter[record.Run]),
                // Killed while it left: what is certain is that it was there when it entered.
                SectionState.Leaving => record.Enter,
                _ => -1,
            };
            if (exit >= 0)
                sections.Add(new(record.Enter, exit, places[record.Place], (LockMode)record.Mode));
        }
        return sections;
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private enum SectionState { None, Inside, Leaving, Left }

    private struct Header
    {
        internal long Ticket;
        internal long Next;
        internal long Refused;
        internal long Removed;
        internal long IsOpen;
    }

    private struct Record
    {
        internal long Enter;
        internal long Exit;
        internal int State;
        internal int Run;
        internal int Place;
        internal int Mode;
    }
}

/// <summary>A time for which a lock was held for certain, by the numbers of a <see cref="SectionLog"/>.</summary>
internal sealed record Section(long Enter, long Exit, StressPlace Place, LockMode Mode);
