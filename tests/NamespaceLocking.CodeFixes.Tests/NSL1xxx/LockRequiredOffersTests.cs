using Verify = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.LockRequiredFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>What is offered for an operation without its lock, in which order and under which titles.</summary>
public class LockRequiredOffersTests
{
    [Fact]
    public Task Public_member_acquires_first() => Verify.TitlesAsync(
        """
        class C(Store store)
        {
            public void M(BackupNamespace ns) => {|NSL1001:store.Read(ns)|};
        }
        """,
        "Acquire a shared lock on 'ns' here",
        "Require a shared lock on 'ns' of callers");

    [Fact]
    public Task Private_member_requires_first() => Verify.TitlesAsync(
        """
        class C(Store store)
        {
            private void M(BackupNamespace ns) => {|NSL1001:store.Write(ns)|};
        }
        """,
        "Require an exclusive lock on 'ns' of callers",
        "Acquire an exclusive lock on 'ns' here");

    [Fact]
    public Task Lambda_in_a_private_member_acquires_only() => Verify.TitlesAsync(
        """
        class C(Store store)
        {
            private void M(List<BackupNamespace> all) => all.ForEach(one => {|NSL1001:store.Read(one)|});
        }
        """,
        "Acquire a shared lock on 'one' here");

    [Fact]
    public Task Several_needs_are_all_named() => Verify.TitlesAsync(
        """
        class C(Store store)
        {
            public void M(BackupNamespace a, BackupNamespace b) => {|NSL1001:store.Copy(a, b)|};
        }
        """,
        "Acquire a shared lock on 'a' and an exclusive lock on 'b' here",
        "Require a shared lock on 'a' and an exclusive lock on 'b' of callers");
}
