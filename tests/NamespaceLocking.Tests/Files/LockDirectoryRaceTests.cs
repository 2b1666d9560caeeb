namespace NamespaceLocking.Tests;

/// <summary>Somebody removes or replaces the lock file between opening and locking it.</summary>
public sealed class LockDirectoryRaceTests : IDisposable
{
    private const string Store = "main";
    private static readonly BackupNamespace Ab = BackupNamespace.Parse("a/b");

    private readonly TemporaryDirectory _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [SkippableFact]
    public void A_file_that_was_removed_is_not_locked_but_the_one_made_instead() => AssertLocksTheNewFile(File.Delete);

    [SkippableFact]
    public void A_file_that_was_replaced_is_not_locked_but_its_successor() => AssertLocksTheNewFile(path =>
    {
        var successor = path + ".new";
        File.WriteAllText(successor, "");
        File.Move(successor, path, overwrite: true);
    });

    [SkippableFact]
    public void A_directory_that_was_removed_is_made_again() =>
        AssertLocksTheNewFile(path => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true));

    [SkippableFact]
    public void A_store_that_was_moved_away_is_made_again() =>
        AssertLocksTheNewFile(path =>
        {
            var store = Path.GetDirectoryName(Path.GetDirectoryName(path))!;
            Directory.Move(store, $"{store}.{Guid.NewGuid()}");
        });

    [SkippableFact]
    public void A_program_that_goes_on_removing_it_is_told_of()
    {
        Linux.Require();
        var directory = new MeddledLockDirectory(_temporary.Path, times: int.MaxValue, File.Delete);
        var error = Assert.Throws<IOException>(() => directory.TryLock(directory.PlaceOf(Store, Ab), LockMode.Exclusive)?.Dispose());
        Assert.Contains($"'{directory.PlaceOf(Store, Ab).FullPath}': it was removed or replaced 1000 times", error.Message);
    }

    private void AssertLocksTheNewFile(Action<string> meddle)
    {
        Linux.Require();
        var directory = new MeddledLockDirectory(_temporary.Path, times: 2, meddle);
        using var file = directory.TryLock(directory.PlaceOf(Store, Ab), LockMode.Exclusive);
        Assert.NotNull(file);
        Assert.Equal(3, directory.Opened);
        // What counts: who comes now finds it locked.
        Assert.Null(new LockDirectory(_temporary.Path).TryLock(directory.PlaceOf(Store, Ab), LockMode.Exclusive));
    }

    private sealed class MeddledLockDirectory(string path, int times, Action<string> meddle) : LockDirectory(path)
    {
        internal int Opened { get; private set; }

        protected internal override LockFile? Open(LockPlace place)
        {
            var file = base.Open(place);
            if (Opened++ < times)
                meddle(place.FullPath);
            return file;
        }
    }
}
