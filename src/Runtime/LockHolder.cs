namespace NamespaceLocking;

/// <summary>A holder of a lock: a process of this machine, or a session of a remote engine.</summary>
/// <param name="ProcessId">The process, where it is one of this machine and known; null otherwise.</param>
/// <param name="Description">For a person to read: <c>this process</c>, a command line, the name of a remote session.</param>
/// <param name="Mode">How it holds the level where the conflict is.</param>
public sealed record LockHolder(int? ProcessId, string Description, LockMode Mode)
{
    /// <summary>The holder in words, as error messages have it: <c>process 4711 (nslock run …), shared</c>.</summary>
    public override string ToString()
    {
        var who = ProcessId is not { } id ? Description
            : id == Environment.ProcessId ? $"{Description} ({id})"
            : $"process {id} ({Description})";
        return $"{who}, {(Mode == LockMode.Shared ? "shared" : "exclusive")}";
    }

    /// <param name="place">Where it was acquired; null where that is not known.</param>
    /// <param name="mode">How it is held.</param>
    internal static LockHolder OfThisProcess(string? place, LockMode mode) =>
        new(Environment.ProcessId, place is null ? "this process" : $"this process, acquired by {place}", mode);
}
