using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NamespaceLocking.Tests;

public class ClockTests
{
    [Fact]
    public void No_clock_that_can_be_set_is_read()
    {
        using var library = new PEReader(File.OpenRead(typeof(NamespaceLockManager).Assembly.Location));
        var metadata = library.GetMetadataReader();
        var called = metadata.MemberReferences.Select(metadata.GetMemberReference)
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member => (
                Type: metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name),
                Name: metadata.GetString(member.Name)))
            .ToList();
        // There are clocks that cannot, and a time that a caller gives.
        Assert.Contains(("Stopwatch", "GetTimestamp"), called);
        Assert.Contains(called, member => member.Type == "DateTimeOffset");
        Assert.DoesNotContain(called, member => member is { Type: "DateTime" or "DateTimeOffset", Name: "get_Now" or "get_UtcNow" or "get_Today" });
        Assert.DoesNotContain(called, member => member.Type is "TimeProvider" or "File" && member.Name.Contains("Utc"));
    }
}
