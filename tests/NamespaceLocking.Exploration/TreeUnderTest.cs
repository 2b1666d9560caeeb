namespace NamespaceLocking.Exploration;

/// <summary>The locks of one store, with a check at each acquisition that nobody holds what it rules out.</summary>
internal sealed class TreeUnderTest
{
    private const string Store = "main";

    private readonly LockTree _tree;
    private readonly List<FakeKernelLock> _kernelLocks = [];
    private readonly List<LockRequest> _held = [];

    /// <param name="strangers">How many tries at the kernel's lock of a namespace fail before it is granted.</param>
    internal TreeUnderTest(Func<BackupNamespace, int>? strangers = null) => _tree = new(ns =>
    {
        var kernelLock = new FakeKernelLock(strangers?.Invoke(ns) ?? 0);
        _kernelLocks.Add(kernelLock);
        return kernelLock;
    });

    /// <summary>Waits for as long as it takes, holds, and gives back.</summary>
    internal Action Lock(string ns, LockMode mode, CancellationToken cancellationToken = default) =>
        () => LockOnce(Request(ns, mode), Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Asks once; holds and gives back where it is granted.</summary>
    internal Action TryLock(string ns, LockMode mode) => () => LockOnce(Request(ns, mode), TimeSpan.Zero, default);

    /// <summary>Waits for two at once.</summary>
    internal Action LockBoth(string first, string second) => () => LockOnce(
        LockRequest.ForBoth(Store, BackupNamespace.Parse(first), BackupNamespace.Parse(second)), Timeout.InfiniteTimeSpan, default);

    /// <summary>Waits until it is granted, or cancelled, whichever comes first.</summary>
    internal Action LockUnlessCancelled(string ns, LockMode mode, CancellationToken cancellationToken) => () =>
    {
        try
        {
            Lock(ns, mode, cancellationToken)();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    };

    /// <summary>Nothing is held, nobody queues, and the kernel has all its locks back.</summary>
    internal void AssertIsIdle()
    {
        Assert.All(_kernelLocks, kernelLock => Assert.False(kernelLock.IsLocked));
        Assert.False(_tree.HasExclusiveWaiters);
        _kernelLocks.ForEach(kernelLock => kernelLock.StrangersLeave());
        // Not even those who would only be in the way of somebody else are left.
        for (var i = 0; i <= WaitQueue.MaxOvertakers; i++)
            LockOnce(Request("", LockMode.Exclusive), TimeSpan.Zero, default, mustBeGranted: true);
        Assert.All(_kernelLocks, kernelLock => Assert.False(kernelLock.IsLocked));
    }

    private static LockRequest Request(string ns, LockMode mode) => new(Store, BackupNamespace.Parse(ns), mode);

    private void LockOnce(LockRequest request, TimeSpan timeout, CancellationToken cancellationToken, bool mustBeGranted = false)
    {
        var result = _tree.Acquire(request, timeout, cancellationToken);
        Assert.True(result.IsGranted || (timeout == TimeSpan.Zero && !mustBeGranted));
        if (!result.IsGranted)
            return;
        Assert.DoesNotContain(_held, other => RuleOut(request, other));
        _held.Add(request);
        Explorer.MaySwitch();
        _held.Remove(request);
        result.Lease.Release();
    }

    private static bool RuleOut(LockRequest one, LockRequest other) =>
        Namespaces(one).Any(ns => Namespaces(other).Any(otherNs =>
            (one.Mode == LockMode.Exclusive && ns.Contains(otherNs)) || (other.Mode == LockMode.Exclusive && otherNs.Contains(ns))));

    private static IEnumerable<BackupNamespace> Namespaces(LockRequest request) =>
        request.Second is { } second ? [request.Namespace, second] : [request.Namespace];

    private sealed class FakeKernelLock(int strangers) : ILevelLock
    {
        private int _strangers = strangers;

        internal bool IsLocked { get; private set; }

        public bool TryLock(LockMode mode)
        {
            Assert.False(IsLocked, "It is locked twice.");
            if (_strangers > 0)
            {
                _strangers--;
                return false;
            }
            IsLocked = true;
            return true;
        }

        public bool Confirm(LockMode mode, bool isRootNew) => IsLocked;

        public void Unlock() => IsLocked = false;

        internal void StrangersLeave() => _strangers = 0;
    }
}
