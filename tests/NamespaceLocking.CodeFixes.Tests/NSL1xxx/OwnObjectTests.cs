using NamespaceLocking.CodeFixes.NSL1xxx;
using Verify1001 = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.NSL1001LockRequiredFix>;
using Verify1002 = NamespaceLocking.CodeFixes.Tests.Verify<NamespaceLocking.CodeFixes.NSL1xxx.NSL1002ExclusiveLockRequiredFix>;

namespace NamespaceLocking.CodeFixes.Tests.NSL1xxx;

/// <summary>Operations on the namespace of the object itself, and of operands: what the diagnostic says can be written.</summary>
public static class OwnObjectTests
{
    private static string Group(string body) =>
        $$"""
        public class Group(NamespaceLockManager locks, BackupNamespace ns)
        {
            public BackupNamespace Namespace { get; } = ns;

            [RequiresLock(LockMode.Shared)]
            public void Read() { }

            [RequiresLock(LockMode.Exclusive)]
            public void Write() { }

            [RequiresLock(LockMode.Shared, "left.Namespace")]
            public static bool operator !(Group left) => false;

            public void M(Group other)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("Read()", "this.Namespace")]
    [InlineData("_ = !other", "other.Namespace")]
    public static async Task Acquired_before_it(string operation, string ns)
    {
        var marked = operation.Replace("!other", "{|NSL1001:!other|}", StringComparison.Ordinal).Replace("Read()", "{|NSL1001:Read()|}", StringComparison.Ordinal);
        await Verify1001.FixAsync(NSL1001LockRequiredFix.AcquireHereKey,
            Group($"{marked};"),
            Group($"using var namespaceGuard = locks.AcquireShared({ns});\n        {operation};"));
    }

    [Fact]
    public static Task Acquired_exclusively() => Verify1002.FixAsync(NSL1002ExclusiveLockRequiredFix.AcquireExclusivelyKey,
        Group("using var guard = locks.AcquireShared(Namespace);\n        {|NSL1002:Write()|};"),
        Group("using var guard = locks.AcquireExclusive(Namespace);\n        Write();"));

    [Fact]
    public static Task Nothing_is_written_for_what_has_no_name() => Verify1001.NoFixAsync(NSL1001LockRequiredFix.AcquireHereKey,
        Group("{|NSL1001:new Group(locks, Namespace).Read()|};"));
}
