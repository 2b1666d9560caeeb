namespace NamespaceLocking.Tests;

[Collection(Measurements.Collection)]
public sealed class MetricsTests : IDisposable
{
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");

    private readonly string _store = Guid.NewGuid().ToString();
    private readonly NamespaceLockManager _locks;
    private readonly Measurements _measurements;

    public MetricsTests()
    {
        _locks = new(_store, new InProcessLockProvider());
        _measurements = new(_store);
    }

    public void Dispose() => _measurements.Dispose();

    [Fact]
    public async Task Acquisitions_are_counted_by_mode_and_outcome_with_the_time_that_they_took()
    {
        using (_locks.AcquireExclusive(Ab))
        {
            Assert.Null(_locks.TryAcquireShared(Ab));
            Assert.Null(await _locks.TryAcquireExclusiveAsync(Ab));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                async () => { await using var guard = await _locks.AcquireSharedAsync(Ab, default, new(canceled: true)); });
        }
        (await _locks.AcquireSharedAsync(Ab)).Dispose();
        _locks.AcquireShared(Ab).Dispose();
        Dictionary<string, double> expected = new()
        {
            ["exclusive granted"] = 1, ["shared refused"] = 1, ["exclusive refused"] = 1, ["shared cancelled"] = 1, ["shared granted"] = 2,
        };
        Assert.Equal(expected, _measurements.SumsOf("namespace_locking.acquisitions"));
        Assert.Equal(
            expected.ToDictionary(entry => entry.Key, entry => (int)entry.Value),
            _measurements.CountsOf("namespace_locking.wait.duration"));
    }

    [SkippableFact]
    public void A_provider_that_fails_is_counted_as_that()
    {
        using var temporary = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(temporary.Path, _store), "");
        var locks = new NamespaceLockManager(_store, Linux.CreateProvider(temporary.Path));
        Assert.Throws<IOException>(() => locks.AcquireShared(Ab).Dispose());
        Assert.Equal(["shared failed"], _measurements.SumsOf("namespace_locking.acquisitions").Keys);
    }

    [Fact]
    public void What_is_held_now_goes_up_and_down_and_each_hold_is_timed_once()
    {
        var first = _locks.AcquireShared(Ab);
        var second = _locks.AcquireShared(Ab);
        Assert.Equal(2, _measurements.SumsOf("namespace_locking.held")["shared"]);
        first.Dispose();
        first.Dispose();
        Assert.Equal(1, _measurements.SumsOf("namespace_locking.held")["shared"]);
        second.Dispose();
        Assert.Equal(0, _measurements.SumsOf("namespace_locking.held")["shared"]);
        Assert.Equal(2, _measurements.CountsOf("namespace_locking.hold.duration")["shared"]);
    }
}
