namespace NamespaceLocking.Tests;

public class StoreNameTests
{
    [Theory]
    [InlineData("", "is empty")]
    [InlineData(".", "there already")]
    [InlineData("..", "there already")]
    [InlineData("a/b", "has a '/'")]
    [InlineData("/etc", "has a '/'")]
    [InlineData("../x", "has a '/'")]
    [InlineData("a\0", "has a NUL")]
    public void What_could_lead_out_of_the_lock_directory_is_refused(string store, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => new NamespaceLockManager(store, new InProcessLockProvider()));
        Assert.Contains(expected, error.Message);
        Assert.Equal("store", error.ParamName);
    }

    [Fact]
    public void Its_length_counts_in_bytes_of_Utf8()
    {
        Assert.Equal(255, new NamespaceLockManager(new string('x', 255), new InProcessLockProvider()).Store.Length);
        Assert.Throws<ArgumentException>(() => new NamespaceLockManager(new string('x', 256), new InProcessLockProvider()));
        Assert.Throws<ArgumentException>(() => new NamespaceLockManager(new string('ä', 128), new InProcessLockProvider()));
    }

    [Theory]
    [InlineData("main")]
    [InlineData("two words")]
    [InlineData("...")]
    [InlineData("a:b")]
    [InlineData("ärger")]
    public void Everything_else_is_a_name(string store) =>
        Assert.Equal(store, new NamespaceLockManager(store, new InProcessLockProvider()).Store);

    [Fact]
    public void Half_a_surrogate_pair_is_refused_as_several_names_would_be_one_in_Utf8()
    {
        var error = Assert.Throws<ArgumentException>(() => new NamespaceLockManager("a\ud800", new InProcessLockProvider()));
        Assert.Contains("half of a surrogate pair", error.Message);
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new NamespaceLockManager(null!, new InProcessLockProvider()));
        Assert.Throws<ArgumentNullException>(() => new NamespaceLockManager("main", null!));
    }
}
