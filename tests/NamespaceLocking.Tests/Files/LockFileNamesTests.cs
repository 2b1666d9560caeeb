using System.Security.Cryptography;
using System.Text;

namespace NamespaceLocking.Tests;

public class LockFileNamesTests
{
    [Theory]
    [InlineData("", "main")]
    [InlineData("a", "main/a")]
    [InlineData("a/b/c", "main/a:b:c")]
    [InlineData("hashed", "main/hashed")]
    public void A_namespace_is_one_directory(string ns, string expected) =>
        Assert.Equal(expected.Split('/'), LockFileNames.DirectoriesOf("main", BackupNamespace.Parse(ns)));

    [Fact]
    public void A_name_of_255_bytes_is_kept()
    {
        var ns = BackupNamespace.Root.Child(new string('x', 127)).Child(new string('y', 127));
        Assert.Equal(["main", ns.ToString().Replace('/', ':')], LockFileNames.DirectoriesOf("main", ns));
    }

    [Fact]
    public void A_name_of_256_bytes_is_shortened_and_hashed()
    {
        var ns = BackupNamespace.Root.Child(new string('x', 128)).Child(new string('y', 127));
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{new string('x', 128)}:{new string('y', 127)}")));
        Assert.Equal(
            ["main", "hashed", $"{new string('x', 80)}...{new string('y', 80)}-{hash.ToLowerInvariant()}"],
            LockFileNames.DirectoriesOf("main", ns));
    }
}
