using System.Reflection;

namespace NamespaceLocking.Tests;

/// <summary>What the analyzers, and other people's code, rely on.</summary>
public class ApiTests
{
    private static readonly Type[] PublicTypes = typeof(NamespaceLockManager).Assembly.GetExportedTypes();

    [Fact]
    public void Nobody_can_derive_from_a_type_that_is_not_made_for_it() =>
        Assert.Equal([typeof(LockLease)], PublicTypes.Where(type => type is { IsClass: true, IsSealed: false }));

    [Theory]
    [InlineData(typeof(NamespaceLockGuard))]
    [InlineData(typeof(NamespaceLockedException))]
    [InlineData(typeof(BackupLockGuard))]
    [InlineData(typeof(BackupLockedException))]
    [InlineData(typeof(BackupLockTarget))]
    [InlineData(typeof(BackupNamespace))]
    public void Only_the_library_makes(Type type) => Assert.Empty(type.GetConstructors());

    [Fact]
    public void Every_member_that_hands_out_a_guard_says_what_it_holds()
    {
        var acquiring = typeof(NamespaceLockManager).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.Name.Contains("Acquire"))
            .ToList();
        Assert.Equal(10, acquiring.Count);
        Assert.All(acquiring, method =>
        {
            var mode = method.Name.Contains("Exclusive") ? LockMode.Exclusive : LockMode.Shared;
            var namespaces = method.GetParameters().Where(parameter => parameter.ParameterType == typeof(BackupNamespace));
            Assert.Equal(
                namespaces.Select(parameter => (mode, parameter.Name)),
                method.GetCustomAttributes<AcquiresLockAttribute>().Select(lockTaken => (lockTaken.Mode, (string?)lockTaken.Namespace)));
        });
    }

    [Fact]
    public void Whoever_locks_a_group_holds_its_namespace()
    {
        var acquiring = typeof(BackupLockManager).GetMethods().Where(method => method.Name.Contains("Acquire")).ToList();
        Assert.Equal(4, acquiring.Count);
        Assert.All(acquiring, method =>
        {
            var required = Assert.Single(method.GetCustomAttributes<RequiresLockAttribute>());
            Assert.Equal((LockMode.Shared, "target.Namespace"), (required.Mode, required.Namespace));
        });
        Assert.NotNull(typeof(BackupLockGuard).GetCustomAttribute<LockGuardAttribute>());
        // It has a lifetime, and no part in the hierarchy.
        Assert.Null(typeof(BackupLockGuard).GetProperty("Namespace"));
    }

    [Fact]
    public void Checks_and_relations_are_annotated()
    {
        Assert.NotNull(typeof(NamespaceLockGuard).GetCustomAttribute<LockGuardAttribute>());
        Assert.Equal(LockMode.Shared, Asserted(nameof(NamespaceLockGuard.ThrowIfNotShared)));
        Assert.Equal(LockMode.Exclusive, Asserted(nameof(NamespaceLockGuard.ThrowIfNotExclusive)));
        Assert.Equal("this", typeof(BackupNamespace).GetProperty("Parent")!.GetCustomAttribute<AncestorOfAttribute>()!.Namespace);
        Assert.Equal(
            "this", typeof(BackupNamespace).GetMethod("Child")!.ReturnParameter.GetCustomAttribute<DescendantOfAttribute>()!.Namespace);

        static LockMode Asserted(string method) =>
            typeof(NamespaceLockGuard).GetMethod(method)!.GetCustomAttribute<AssertsLockAttribute>()!.Mode;
    }
}
