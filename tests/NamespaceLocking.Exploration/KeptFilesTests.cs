using Xunit.Abstractions;

namespace NamespaceLocking.Exploration;

/// <summary>Every order of a few threads that put files aside and take them: none is closed twice, and none is forgotten.</summary>
public class KeptFilesTests(ITestOutputHelper output)
{
    private static readonly int MostInterruptions = int.Parse(Environment.GetEnvironmentVariable("EXPLORED_INTERRUPTIONS") ?? "2");

    [Fact]
    public void Two_files_and_room_for_one() => Explore(1, files => [() => files.Use(0, 3), () => files.Use(1, 3)]);

    [Fact]
    public void Three_files_and_room_for_two() => Explore(2, files => [() => files.Use(0, 2), () => files.Use(1, 2), () => files.Use(2, 2)]);

    [Fact]
    public void Two_files_while_all_are_closed() => Explore(1, files => [() => files.Use(0, 2), () => files.Use(1, 2), files.CloseAll]);

    [Fact]
    public void Room_for_none() => Explore(0, files => [() => files.Use(0, 2), () => files.Use(1, 2)]);

    private void Explore(int capacity, Func<Files, Action[]> threads)
    {
        var orders = Explorer.Explore(
            () =>
            {
                var files = new Files(capacity);
                return new(threads(files), files.AssertNoneIsForgotten);
            },
            MostInterruptions);
        output.WriteLine($"{orders} orders.");
        Assert.InRange(orders, 10, int.MaxValue);
    }

    private sealed class Files(int capacity)
    {
        private readonly KeptFiles _kept = new(capacity);
        private readonly List<int> _descriptors = [];
        private readonly LockFile[] _files = [.. Enumerable.Range(0, 3).Select(number => new LockFile(new("/locks", "main", $"n{number}/.ns-lock")))];

        /// <summary>As the one thread does that has the gate of the file's namespace.</summary>
        internal void Use(int number, int times)
        {
            var file = _files[number];
            for (var i = 0; i < times; i++)
            {
                if (!file.TryTake())
                {
                    var descriptor = Descriptors.Open();
                    _descriptors.Add(descriptor);
                    file.Adopt(descriptor);
                }
                Assert.True(file.IsOpen);
                Explorer.MaySwitch();
                _kept.Keep(file);
            }
        }

        internal void CloseAll() => _kept.CloseAll();

        internal void AssertNoneIsForgotten()
        {
            Assert.InRange(_descriptors.Count(Descriptors.IsOpen), 0, capacity);
            _kept.CloseAll();
            Assert.DoesNotContain(_descriptors, Descriptors.IsOpen);
            foreach (var file in _files)
                GC.SuppressFinalize(file);
        }
    }
}
