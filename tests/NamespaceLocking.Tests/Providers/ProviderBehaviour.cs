using CsCheck;

namespace NamespaceLocking.Tests;

/// <summary>What every provider does. A provider's own test class derives from it, and says how to make one.</summary>
public abstract class ProviderBehaviour : IDisposable
{
    /// <summary>For waits that end as soon as they can; a test that needs it all has failed.</summary>
    protected static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    protected static readonly BackupNamespace A = BackupNamespace.Parse("a");
    protected static readonly BackupNamespace B = BackupNamespace.Parse("b");
    protected static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");
    protected static readonly BackupNamespace Abc = BackupNamespace.Parse("a/b/c");

    private readonly Lazy<NamespaceLockManager> _locks;

    protected ProviderBehaviour() => _locks = new(() => new("main", Provider));

    /// <summary>The provider under test; one for each test.</summary>
    protected abstract ILockProvider Provider { get; }

    protected NamespaceLockManager Locks => _locks.Value;

    public virtual void Dispose() => GC.SuppressFinalize(this);

    [SkippableFact]
    public void A_guard_says_what_it_holds()
    {
        using var guard = Locks.AcquireShared(Ab);
        Assert.Equal("main", guard.Store);
        Assert.Equal(Ab, guard.Namespace);
        Assert.Null(guard.SecondNamespace);
        Assert.Equal(LockMode.Shared, guard.Mode);
        Assert.True(guard.IsHeld);
        Assert.False(guard.LostToken.IsCancellationRequested);
    }

    [SkippableTheory]
    [InlineData("a/b", LockMode.Shared, "a/b", LockMode.Shared, null)]
    [InlineData("a/b", LockMode.Shared, "a/b", LockMode.Exclusive, "a/b")]
    [InlineData("a/b", LockMode.Exclusive, "a/b", LockMode.Shared, "a/b")]
    [InlineData("a/b", LockMode.Exclusive, "a/b", LockMode.Exclusive, "a/b")]
    [InlineData("a/b", LockMode.Exclusive, "a/b/c", LockMode.Shared, "a/b")]
    [InlineData("a/b", LockMode.Exclusive, "a/b/c", LockMode.Exclusive, "a/b")]
    [InlineData("a/b", LockMode.Shared, "a", LockMode.Shared, null)]
    [InlineData("a/b", LockMode.Shared, "a", LockMode.Exclusive, "a")]
    [InlineData("a/b", LockMode.Exclusive, "a", LockMode.Shared, null)]
    [InlineData("a/b", LockMode.Exclusive, "", LockMode.Exclusive, "")]
    [InlineData("a/b", LockMode.Shared, "", LockMode.Exclusive, "")]
    [InlineData("", LockMode.Exclusive, "a/b", LockMode.Shared, "")]
    [InlineData("", LockMode.Shared, "a/b", LockMode.Exclusive, null)]
    [InlineData("a/b", LockMode.Exclusive, "a/c", LockMode.Exclusive, null)]
    [InlineData("a/b", LockMode.Exclusive, "a/bb", LockMode.Exclusive, null)]
    public void What_is_held_rules_out_what_it_must_and_no_more(
        string held, LockMode heldMode, string asked, LockMode askedMode, string? conflict)
    {
        using var holder = Acquire(BackupNamespace.Parse(held), heldMode);
        using var guard = TryAcquire(BackupNamespace.Parse(asked), askedMode);
        Assert.Equal(conflict is null, guard is not null);
        if (conflict is not null)
        {
            var error = Refused(BackupNamespace.Parse(asked), askedMode);
            Assert.Equal(BackupNamespace.Parse(conflict), error.ConflictingNamespace);
        }
    }

    [SkippableFact]
    public void It_is_granted_when_and_only_when_nothing_held_rules_it_out()
    {
        var acquire = Gen.Select(Gens.CrowdedNamespace, Gens.Mode, (ns, mode) => new Step(ns, null, mode, 0));
        var acquireTwo = Gen.Select(Gens.CrowdedNamespace, Gens.CrowdedNamespace, (first, second) => new Step(first, second, LockMode.Exclusive, 0));
        var release = Gen.Int[0, 100].Select(which => new Step(null, null, default, which));
        Gen.Frequency((5, acquire), (1, acquireTwo), (3, release)).List[1, 30].Sample(Follow, iter: 300, threads: 1);
    }

    [SkippableFact]
    public void A_refusal_names_the_store_the_namespace_the_mode_the_level_the_holder_and_the_next_step()
    {
        using var holder = Locks.AcquireExclusive(A);
        var error = Refused(Ab, LockMode.Shared);
        Assert.Equal("main", error.Store);
        Assert.Equal(Ab, error.Namespace);
        Assert.Equal(LockMode.Shared, error.Mode);
        Assert.Equal(A, error.ConflictingNamespace);
        Assert.Equal([new(Environment.ProcessId, "this process", LockMode.Exclusive)], error.Holders);
        Assert.Equal(
            $"Store 'main': no shared lock on 'a/b' at once, as 'a' is locked by this process ({Environment.ProcessId}), exclusive. If it "
            + "is this very task that holds it, hand its guard on, as locks are not re-entrant; otherwise pass a timeout to wait for it.",
            error.Message);
    }

    [SkippableFact]
    public void Only_who_is_in_the_way_is_a_holder()
    {
        using var holder = Locks.AcquireShared(Ab);
        Assert.Empty(Provider.FindHolders("main", A, LockMode.Shared));
        Assert.Single(Provider.FindHolders("main", A, LockMode.Exclusive));
        Assert.Empty(Provider.FindHolders("main", Abc, LockMode.Exclusive));
        Assert.Empty(Provider.FindHolders("other", A, LockMode.Exclusive));
    }

    [SkippableFact]
    public void The_root_reads_as_the_root_in_messages()
    {
        using var holder = Locks.AcquireShared(A);
        var error = Refused(BackupNamespace.Root, LockMode.Exclusive);
        Assert.Contains("no exclusive lock on the root namespace at once, as it is locked by this process", error.Message);
        Assert.Equal([LockMode.Shared], error.Holders.Select(found => found.Mode));
    }

    [SkippableFact]
    public void Of_two_that_are_refused_the_error_names_the_one_in_conflict()
    {
        using var holder = Locks.AcquireShared(B);
        var error = Assert.Throws<NamespaceLockedException>(() => { using var guard = Locks.AcquireExclusive(Ab, B); });
        Assert.Equal(B, error.Namespace);
        Assert.Equal(B, error.ConflictingNamespace);
        Assert.Contains("'a/b' and 'b'", error.Message);
        using var free = Locks.AcquireExclusive(Ab);
    }

    [SkippableFact]
    public void Two_that_cover_each_other_are_one_lock_on_the_upper()
    {
        using var guard = Locks.AcquireExclusive(Abc, A);
        Assert.Equal(A, guard.Namespace);
        Assert.Null(guard.SecondNamespace);
        guard.ThrowIfNotExclusive(Abc);
        guard.ThrowIfNotExclusive(A);
        using var sameTwice = Locks.AcquireExclusive(B, B);
        Assert.Equal(B, sameTwice.Namespace);
    }

    [SkippableFact]
    public async Task Moves_in_opposite_directions_do_not_deadlock()
    {
        var unguarded = 0;
        await Task.WhenAll(Move(Ab, B), Move(B, Ab)).WaitAsync(LongEnough);
        Assert.Equal(200, unguarded);

        Task Move(BackupNamespace source, BackupNamespace target) => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await using var guard = await Locks.AcquireExclusiveAsync(source, target, Timeout.InfiniteTimeSpan);
                unguarded++;
            }
        });
    }

    [SkippableFact]
    public void Exclusive_sections_never_overlap_and_every_waiter_gets_its_turn()
    {
        var unguarded = 0;
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 50; i++)
            {
                using var guard = Locks.AcquireExclusive(Ab, LongEnough);
                unguarded++;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(200, unguarded);
    }

    [SkippableFact]
    public void Stores_have_nothing_to_do_with_one_another()
    {
        var other = new NamespaceLockManager("other", Provider);
        using var guard = Locks.AcquireExclusive(BackupNamespace.Root);
        using var guardOfOther = other.AcquireExclusive(BackupNamespace.Root);
        Assert.Equal("other", guardOfOther.Store);
    }

    [SkippableFact]
    public void Disposing_again_gives_back_nothing_of_others()
    {
        using var other = Locks.AcquireShared(Ab);
        var guard = Locks.AcquireShared(Ab);
        guard.Dispose();
        guard.Dispose();
        Assert.False(guard.IsHeld);
        Assert.Null(TryAcquire(Ab, LockMode.Exclusive));
    }

    [SkippableFact]
    public void Disposing_from_many_threads_gives_back_once()
    {
        using var other = Locks.AcquireShared(Ab);
        for (var round = 0; round < 20; round++)
        {
            var guard = Locks.AcquireShared(Ab);
            Parallel.For(0, 8, _ => guard.Dispose());
            Assert.Null(TryAcquire(Ab, LockMode.Exclusive));
        }
    }

    [SkippableFact]
    public async Task Disposing_asynchronously_is_disposing()
    {
        var guard = await Locks.AcquireExclusiveAsync(Ab);
        await guard.DisposeAsync();
        Assert.False(guard.IsHeld);
        await guard.DisposeAsync();
        guard.Dispose();
        await using var next = await Locks.AcquireExclusiveAsync(Ab);
        Assert.True(next.IsHeld);
    }

    [SkippableFact]
    public async Task Every_acquisition_grants_what_its_name_says()
    {
        Assert.Equal((Ab, LockMode.Shared), Describe(Locks.AcquireShared(Ab)));
        Assert.Equal((Ab, LockMode.Exclusive), Describe(Locks.AcquireExclusive(Ab)));
        Assert.Equal((Ab, LockMode.Shared), Describe(Locks.TryAcquireShared(Ab)));
        Assert.Equal((Ab, LockMode.Exclusive), Describe(Locks.TryAcquireExclusive(Ab)));
        Assert.Equal((Ab, LockMode.Shared), Describe(await Locks.AcquireSharedAsync(Ab)));
        Assert.Equal((Ab, LockMode.Exclusive), Describe(await Locks.AcquireExclusiveAsync(Ab)));
        Assert.Equal((Ab, LockMode.Shared), Describe(await Locks.TryAcquireSharedAsync(Ab)));
        Assert.Equal((Ab, LockMode.Exclusive), Describe(await Locks.TryAcquireExclusiveAsync(Ab)));
        Assert.Equal((Ab, LockMode.Exclusive), Describe(Locks.AcquireExclusive(Ab, B)));
        Assert.Equal((B, LockMode.Exclusive), Describe(await Locks.AcquireExclusiveAsync(B, Ab)));

        static (BackupNamespace, LockMode) Describe([TakesOwnership] NamespaceLockGuard? guard)
        {
            using (guard)
                return (guard!.Namespace, guard.Mode);
        }
    }

    [SkippableFact]
    public async Task What_is_not_granted_throws_or_is_null()
    {
        using var holder = Locks.AcquireExclusive(A);
        Assert.Null(Locks.TryAcquireShared(Ab));
        Assert.Null(Locks.TryAcquireExclusive(Ab));
        Assert.Null(await Locks.TryAcquireSharedAsync(Ab));
        Assert.Null(await Locks.TryAcquireExclusiveAsync(Ab));
        await RefusedAsync(async () => { await using var guard = await Locks.AcquireSharedAsync(Ab); });
        await RefusedAsync(async () => { await using var guard = await Locks.AcquireExclusiveAsync(Ab); });
        await RefusedAsync(async () => { await using var guard = await Locks.AcquireExclusiveAsync(Ab, B); });

        static async Task RefusedAsync(Func<Task> acquire)
        {
            var error = await Assert.ThrowsAsync<NamespaceLockedException>(acquire);
            Assert.Equal(A, error.ConflictingNamespace);
            Assert.Equal(Environment.ProcessId, Assert.Single(error.Holders).ProcessId);
        }
    }

    [SkippableFact]
    public async Task A_request_with_a_timeout_is_granted_when_the_holder_is_done()
    {
        var holder = Locks.AcquireExclusive(A);
        var waiting = Locks.AcquireSharedAsync(Ab, LongEnough).AsTask();
        var waitingThread = Task.Run(() =>
        {
            using var guard = Locks.AcquireExclusive(Abc, LongEnough);
            return guard.Mode;
        });
        Assert.False(waiting.IsCompleted);
        holder.Dispose();
        (await waiting).Dispose();
        Assert.Equal(LockMode.Exclusive, await waitingThread);
    }

    [SkippableFact]
    public async Task A_request_that_waits_holds_nothing()
    {
        using var holder = Locks.AcquireShared(Ab);
        var waiting = Locks.TryAcquireExclusiveAsync(Ab, LongEnough).AsTask();
        using (var guard = TryAcquire(Ab, LockMode.Shared))
            Assert.NotNull(guard);
        using (var guard = TryAcquire(A, LockMode.Shared))
            Assert.NotNull(guard);
        Assert.False(waiting.IsCompleted);
        holder.Dispose();
        using var granted = await waiting;
        Assert.NotNull(granted);
    }

    [SkippableFact]
    public async Task Who_waits_is_served_first_come_first_served()
    {
        var holder = Locks.AcquireShared(A);
        var exclusive = Locks.AcquireExclusiveAsync(A, LongEnough).AsTask();
        var shared = Locks.AcquireSharedAsync(Ab, LongEnough).AsTask();
        var unconcerned = await Locks.AcquireSharedAsync(B, LongEnough);
        Assert.False(shared.IsCompleted);
        unconcerned.Dispose();
        holder.Dispose();
        var first = await exclusive;
        Assert.False(shared.IsCompleted);
        first.Dispose();
        (await shared).Dispose();
    }

    [SkippableFact]
    public async Task Who_gives_up_lets_those_behind_pass()
    {
        using var cancellation = new CancellationTokenSource();
        using var holder = Locks.AcquireShared(A);
        var exclusive = Locks.AcquireExclusiveAsync(A, LongEnough, cancellation.Token).AsTask();
        var shared = Locks.AcquireSharedAsync(A, LongEnough).AsTask();
        Assert.False(shared.IsCompleted);
        await cancellation.CancelAsync();
        (await shared).Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exclusive);
    }

    [SkippableFact]
    public async Task A_shared_request_below_stays_behind_an_exclusive_one_that_waits_above()
    {
        var holder = Locks.AcquireShared(Abc);
        var exclusive = Locks.AcquireExclusiveAsync(A, LongEnough).AsTask();
        // Although what it asks for is held, shared, by this process already.
        var shared = Locks.AcquireSharedAsync(Abc, LongEnough).AsTask();
        Assert.False(shared.IsCompleted);
        holder.Dispose();
        var first = await exclusive;
        Assert.False(shared.IsCompleted);
        first.Dispose();
        (await shared).Dispose();
    }

    [SkippableTheory]
    [InlineData("a", "a")]
    [InlineData("a", "a/b")]
    [InlineData("a", "a/c")]
    [InlineData("", "a/b")]
    public async Task No_more_than_64_that_ask_once_pass_an_exclusive_request_that_waits(string waitsFor, string asked)
    {
        var ns = BackupNamespace.Parse(asked);
        var holder = Locks.AcquireShared(Ab);
        var waiting = Locks.AcquireExclusiveAsync(BackupNamespace.Parse(waitsFor), LongEnough).AsTask();
        for (var i = 0; i < WaitQueue.MaxOvertakers; i++)
            Locks.AcquireShared(ns).Dispose();
        var error = Refused(ns, LockMode.Shared);
        Assert.Equal(BackupNamespace.Parse(waitsFor), error.ConflictingNamespace);
        Assert.Contains("where an exclusive request waits for its turn", Assert.Single(error.Holders).Description);
        // Who has nothing to do with it is not concerned.
        if (waitsFor != "")
            Locks.AcquireShared(B).Dispose();
        holder.Dispose();
        (await waiting).Dispose();
        Locks.AcquireShared(ns).Dispose();
    }

    [SkippableFact]
    public async Task Who_gives_up_opens_the_door_again()
    {
        using var cancellation = new CancellationTokenSource();
        using var holder = Locks.AcquireShared(Ab);
        var waiting = Locks.AcquireExclusiveAsync(A, LongEnough, cancellation.Token).AsTask();
        while (Locks.TryAcquireShared(Ab) is { } passed)
            passed.Dispose();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Locks.AcquireShared(Ab).Dispose();
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(60_000)]
    public async Task A_stream_of_shared_requests_does_not_starve_an_exclusive_one(int timeout)
    {
        using var stop = new CancellationTokenSource();
        var streams = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            // Each takes the next before it gives the last one back.
            var held = await Locks.TryAcquireSharedAsync(Ab, LongEnough);
            while (!stop.IsCancellationRequested)
            {
                var next = await Locks.TryAcquireSharedAsync(Ab, TimeSpan.FromMilliseconds(timeout > 0 ? 1 : 0));
                held?.Dispose();
                held = next;
            }
            held?.Dispose();
        })).ToList();
        for (var i = 0; i < 10; i++)
        {
            await using var guard = await Locks.AcquireExclusiveAsync(A, LongEnough);
        }
        await stop.CancelAsync();
        await Task.WhenAll(streams);
        AssertNothingIsHeld();
    }

    [SkippableFact]
    public async Task Two_pairs_that_wait_for_one_another_each_get_their_turn()
    {
        var holder = Locks.AcquireShared(BackupNamespace.Root);
        var holderOfB = Locks.AcquireExclusive(B);
        var first = Locks.AcquireExclusiveAsync(Ab, B, LongEnough).AsTask();
        var second = Locks.AcquireExclusiveAsync(B, A, LongEnough).AsTask();
        // While the first waits for the one, it holds nothing of the other.
        Locks.AcquireShared(Ab).Dispose();
        Assert.False(first.IsCompleted || second.IsCompleted);
        holderOfB.Dispose();
        (await first).Dispose();
        (await second).Dispose();
        holder.Dispose();
        AssertNothingIsHeld();
    }

    [SkippableFact]
    public async Task When_the_time_is_over_the_request_is_refused_and_holds_nothing()
    {
        var soon = TimeSpan.FromMilliseconds(1);
        using (var holder = Locks.AcquireExclusive(A))
        {
            Assert.Null(Locks.TryAcquireShared(Ab, soon));
            Assert.Null(await Locks.TryAcquireExclusiveAsync(Ab, soon));
            var error = Assert.Throws<NamespaceLockedException>(() => { using var guard = Locks.AcquireShared(Ab, soon); });
            Assert.Contains("within 0.001 s", error.Message);
            Assert.Contains("wait for longer", error.Message);
        }
        AssertNothingIsHeld();
    }

    [SkippableFact]
    public async Task A_cancelled_token_ends_the_request_even_where_the_lock_is_free()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => { using var guard = Locks.AcquireShared(A, default, cancelled); });
        Assert.ThrowsAny<OperationCanceledException>(() => { using var guard = Locks.TryAcquireShared(A, default, cancelled); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => { await using var guard = await Locks.AcquireExclusiveAsync(A, LongEnough, cancelled); });
        AssertNothingIsHeld();
    }

    [SkippableFact]
    public async Task Cancelling_ends_a_wait_and_leaves_nothing_held()
    {
        using var cancellation = new CancellationTokenSource();
        using (var holder = Locks.AcquireExclusive(A))
        {
            var waiting = Locks.AcquireSharedAsync(Ab, Timeout.InfiniteTimeSpan, cancellation.Token).AsTask();
            var waitingThread = Task.Run(() => Locks.AcquireExclusive(Ab, Timeout.InfiniteTimeSpan, cancellation.Token).Dispose());
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waitingThread);
        }
        AssertNothingIsHeld();
    }

    [SkippableFact]
    public async Task Cancelling_at_any_moment_leaves_either_a_guard_or_nothing()
    {
        for (var round = 0; round < 100; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var holder = Locks.AcquireExclusive(A);
            Task[] requests =
            [
                Request(Locks.AcquireSharedAsync(Ab, LongEnough, cancellation.Token)),
                Request(Locks.AcquireExclusiveAsync(A, LongEnough, cancellation.Token)),
                Request(Locks.AcquireExclusiveAsync(Ab, B, LongEnough, cancellation.Token)),
            ];
            await Task.WhenAll([Task.Run(holder.Dispose), Task.Run(cancellation.Cancel), .. requests]);
            AssertNothingIsHeld();
        }

        static async Task Request(ValueTask<NamespaceLockGuard> acquisition)
        {
            try
            {
                await using var guard = await acquisition;
                Assert.True(guard.IsHeld);
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    [SkippableFact]
    public void Thousands_are_held_at_once_and_only_they_are_refused()
    {
        var guards = Enumerable.Range(0, 2_000).Select(number => Locks.AcquireExclusive(B.Child($"n{number}"))).ToList();
        Assert.Null(TryAcquire(B.Child("n1234"), LockMode.Shared));
        Assert.Null(TryAcquire(B, LockMode.Exclusive));
        using (var other = TryAcquire(B.Child("n2000"), LockMode.Exclusive))
            Assert.NotNull(other);
        Parallel.ForEach(guards, guard => guard.Dispose());
        AssertNothingIsHeld();
    }

    [SkippableFact]
    public async Task Timeouts_may_be_endless_but_not_negative()
    {
        foreach (var timeout in new[] { TimeSpan.FromTicks(-1), TimeSpan.FromMilliseconds(-2), TimeSpan.MinValue })
        {
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => { using var guard = Locks.AcquireShared(A, timeout); });
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => { using var guard = Locks.TryAcquireExclusive(A, timeout); });
            // A mistake of the caller is told at the call, not only to who awaits.
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => { _ = Locks.TryAcquireSharedAsync(A, timeout).AsTask(); });
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                "timeout", async () => { await using var guard = await Locks.AcquireExclusiveAsync(A, B, timeout); });
        }
        foreach (var timeout in new[] { Timeout.InfiniteTimeSpan, TimeSpan.MaxValue, TimeSpan.FromDays(60) })
        {
            var holder = Locks.AcquireExclusive(A);
            var waiting = Locks.AcquireSharedAsync(A, timeout).AsTask();
            holder.Dispose();
            using var guard = await waiting;
            Assert.True(guard.IsHeld);
        }
    }

    [SkippableFact]
    public async Task Null_is_no_namespace()
    {
        Assert.Throws<ArgumentNullException>(() => { using var guard = Locks.AcquireShared(null!); });
        Assert.Throws<ArgumentNullException>(() => { using var guard = Locks.AcquireExclusive(A, null!); });
        Assert.Throws<ArgumentNullException>(() => { using var guard = Locks.AcquireExclusive(null!, A); });
        await Assert.ThrowsAsync<ArgumentNullException>(async () => { await using var guard = await Locks.TryAcquireSharedAsync(null!); });
    }

    [SkippableTheory]
    [InlineData(LockMode.Shared, "a/b", LockMode.Shared, true)]
    [InlineData(LockMode.Shared, "a", LockMode.Shared, true)]
    [InlineData(LockMode.Shared, "", LockMode.Shared, true)]
    [InlineData(LockMode.Shared, "a/b/c", LockMode.Shared, false)]
    [InlineData(LockMode.Shared, "a/b", LockMode.Exclusive, false)]
    [InlineData(LockMode.Exclusive, "a/b", LockMode.Exclusive, true)]
    [InlineData(LockMode.Exclusive, "a/b/c", LockMode.Exclusive, true)]
    [InlineData(LockMode.Exclusive, "a/b/c", LockMode.Shared, true)]
    [InlineData(LockMode.Exclusive, "a", LockMode.Shared, true)]
    [InlineData(LockMode.Exclusive, "a", LockMode.Exclusive, false)]
    [InlineData(LockMode.Exclusive, "a/bb", LockMode.Shared, false)]
    public void A_guard_on_a_namespace_covers_what_it_must_and_no_more(LockMode held, string asked, LockMode required, bool isCovered)
    {
        using var guard = Acquire(Ab, held);
        var error = Record.Exception(() => Check(guard, BackupNamespace.Parse(asked), required));
        if (isCovered)
        {
            Assert.Null(error);
            return;
        }
        Assert.IsType<InvalidOperationException>(error);
        Assert.Contains($"but this guard holds {(held == LockMode.Shared ? "a shared" : "an exclusive")} lock on 'a/b'", error.Message);
        Assert.Contains("of store 'main'", error.Message);
    }

    [SkippableFact]
    public void A_guard_on_two_covers_both()
    {
        using var guard = Locks.AcquireExclusive(Ab, B);
        guard.ThrowIfNotExclusive(Abc);
        guard.ThrowIfNotExclusive(B.Child("x"));
        guard.ThrowIfNotShared(A);
        var error = Assert.Throws<InvalidOperationException>(() => guard.ThrowIfNotExclusive(A));
        Assert.Contains("this guard holds an exclusive lock on 'a/b' and 'b'", error.Message);
    }

    [SkippableFact]
    public void A_guard_covers_nothing_once_it_is_disposed()
    {
        var guard = Locks.AcquireShared(A);
        guard.Dispose();
        var error = Assert.Throws<InvalidOperationException>(() => guard.ThrowIfNotShared(A));
        Assert.Contains("which held a shared lock on 'a' and what lies above of store 'main', has been disposed", error.Message);
        Assert.Throws<ArgumentNullException>(() => guard.ThrowIfNotShared(null!));
    }

    [AcquiresLock(LockMode.Shared, nameof(ns))]
    protected NamespaceLockGuard Acquire(BackupNamespace ns, LockMode mode) =>
        mode == LockMode.Shared ? Locks.AcquireShared(ns) : Locks.AcquireExclusive(ns);

    [AcquiresLock(LockMode.Shared, nameof(ns))]
    protected NamespaceLockGuard? TryAcquire(BackupNamespace ns, LockMode mode) =>
        mode == LockMode.Shared ? Locks.TryAcquireShared(ns) : Locks.TryAcquireExclusive(ns);

    protected NamespaceLockedException Refused(BackupNamespace ns, LockMode mode) =>
        Assert.Throws<NamespaceLockedException>(() => Acquire(ns, mode).Dispose());

    /// <summary>Every lock of the store has the root among its levels.</summary>
    protected void AssertNothingIsHeld()
    {
        using var guard = Locks.TryAcquireExclusive(BackupNamespace.Root);
        Assert.NotNull(guard);
    }

    private static void Check(NamespaceLockGuard guard, BackupNamespace ns, LockMode mode)
    {
        if (mode == LockMode.Shared)
            guard.ThrowIfNotShared(ns);
        else
            guard.ThrowIfNotExclusive(ns);
    }

    /// <summary>Follows the steps with real guards and with a list of what is held, which have to agree.</summary>
    private bool Follow(List<Step> steps)
    {
        var held = new List<(NamespaceLockGuard Guard, BackupNamespace[] Namespaces, LockMode Mode)>();
        try
        {
            foreach (var step in steps)
            {
                if (step.First is null)
                {
                    if (held.Count == 0)
                        continue;
                    held[step.Which % held.Count].Guard.Dispose();
                    held.RemoveAt(step.Which % held.Count);
                    continue;
                }
                BackupNamespace[] asked = step.Second is null ? [step.First] : [step.First, step.Second];
                var isRuledOut = held.Any(holder => asked.Any(ns => holder.Namespaces.Any(other => Conflict(ns, step.Mode, other, holder.Mode))));
                if (TryAcquire(step) is { } guard)
                    held.Add((guard, asked, step.Mode));
                else if (!isRuledOut)
                    return false;
                if (isRuledOut && held.Count > 0 && ReferenceEquals(held[^1].Namespaces, asked))
                    return false;
            }
            return true;
        }
        finally
        {
            held.ForEach(holder => holder.Guard.Dispose());
            AssertNothingIsHeld();
        }
    }

    [AcquiresLock(LockMode.Shared, "step.First")]
    private NamespaceLockGuard? TryAcquire(Step step)
    {
        if (step.Second is null)
            return TryAcquire(step.First!, step.Mode);
        try
        {
            return Locks.AcquireExclusive(step.First!, step.Second);
        }
        catch (NamespaceLockedException)
        {
            return null;
        }
    }

    /// <summary>By the definition: an exclusive guard keeps out everybody at its namespace and below it.</summary>
    private static bool Conflict(BackupNamespace ns, LockMode mode, BackupNamespace other, LockMode otherMode) =>
        (mode == LockMode.Exclusive && ns.Contains(other)) || (otherMode == LockMode.Exclusive && other.Contains(ns));

    private sealed record Step(BackupNamespace? First, BackupNamespace? Second, LockMode Mode, int Which);
}
