namespace NamespaceLocking.Tool;

/// <summary>One lock, and a command that runs while it is held.</summary>
/// <param name="Directory">The lock directory.</param>
/// <param name="Mode">How it is locked.</param>
/// <param name="Target">What is locked.</param>
/// <param name="Second">Another namespace of the same store, if there are two.</param>
/// <param name="Timeout">How long to wait for others.</param>
/// <param name="ConflictExitCode">The exit code where that is not enough.</param>
internal sealed record LockedRun(
    string Directory, LockMode Mode, LockTarget Target, BackupNamespace? Second, TimeSpan Timeout, int ConflictExitCode)
{
    private const string ProcessVariable = "NSLOCK_PID";

    /// <summary>Locks, runs, and gives the lock back.</summary>
    /// <returns>The exit code.</returns>
    internal int Run(string[] command)
    {
        // Found out before anybody is kept waiting by the lock.
        Utf8Arguments.Require();
        var program = ProgramFile.Find(command[0]);

        var signals = new SignalRelay();
        try
        {
            var locks = new NamespaceLockManager(Target.Store, new FileLockProvider(Directory));
            using var guard = Acquire(locks, signals.WantsEnd);
            return signals.TryStart(() => ChildCommand.Start(program, command, VariablesOf(guard))) is { } child
                ? ChildCommand.WaitFor(child)
                : signals.ExitCode;
        }
        catch (NamespaceLockedException refusal)
        {
            throw new ToolException(ConflictExitCode, refusal.Describe(howToWait: "give --wait a time"));
        }
        catch (OperationCanceledException)
        {
            return signals.ExitCode;
        }
    }

    [AcquiresLock(LockMode.Shared, "this.Target.Namespace")]
    private NamespaceLockGuard Acquire(NamespaceLockManager locks, CancellationToken cancellationToken)
    {
        if (Timeout != System.Threading.Timeout.InfiniteTimeSpan)
            return Acquire(locks, Timeout, cancellationToken);
        try
        {
            return Acquire(locks, TimeSpan.Zero, cancellationToken);
        }
        catch (NamespaceLockedException refusal)
        {
            WarnOfDeadlock(refusal);
            return Acquire(locks, Timeout, cancellationToken);
        }
    }

    [AcquiresLock(LockMode.Shared, "this.Target.Namespace")]
    private NamespaceLockGuard Acquire(NamespaceLockManager locks, TimeSpan timeout, CancellationToken cancellationToken) =>
        Second is not null ? locks.AcquireExclusive(Target.Namespace, Second, timeout, cancellationToken)
        : Mode == LockMode.Exclusive ? locks.AcquireExclusive(Target.Namespace, timeout, cancellationToken)
        : locks.AcquireShared(Target.Namespace, timeout, cancellationToken);

    /// <summary>Says so where it is the nslock around this one that is in the way.</summary>
    /// <remarks>No error: its command may have left this one running in the background.</remarks>
    private static void WarnOfDeadlock(NamespaceLockedException refusal)
    {
        var around = Environment.GetEnvironmentVariable(ProcessVariable);
        if (refusal.Holders.FirstOrDefault(holder => holder.ProcessId?.ToString() == around) is { } holder)
        {
            Console.Error.WriteLine(
                $"nslock: Waiting for {holder}, in whose command this runs: if that waits for this, neither will end. "
                + "Locks are not re-entrant; use the one that is held, or give --wait a time.");
        }
    }

    /// <summary>What the command is told; null where it is to be told nothing, not even by an nslock around this one.</summary>
    private IEnumerable<(string Name, string? Value)> VariablesOf(NamespaceLockGuard guard) =>
    [
        (DirectoryOption.Variable, Directory),
        ("NSLOCK_STORE", guard.Store),
        ("NSLOCK_NAMESPACE", guard.Namespace.ToString()),
        ("NSLOCK_SECOND_NAMESPACE", guard.SecondNamespace?.ToString()),
        ("NSLOCK_MODE", guard.Mode == LockMode.Shared ? "shared" : "exclusive"),
        (ProcessVariable, Environment.ProcessId.ToString()),
    ];
}
