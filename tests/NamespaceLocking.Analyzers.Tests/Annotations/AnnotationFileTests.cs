using NamespaceLocking.Analyzers.Annotations;
using NamespaceLocking.Analyzers.Annotations.Files;

namespace NamespaceLocking.Analyzers.Tests.Annotations;

using LockMode = NamespaceLocking.Analyzers.Annotations.LockMode;

/// <summary>What the lines of <c>LockAnnotations.txt</c> say, without a compilation.</summary>
public static class AnnotationFileTests
{
    public class Read
    {
        [Theory]
        [InlineData("M:A.B;RequiresLock(LockMode.Exclusive, \"ns\")")]
        [InlineData("  M:A.B\t;\tRequiresLock( LockMode.Exclusive ,\"ns\" )  ")]
        [InlineData("M:A.B;RequiresLockAttribute(LockMode.Exclusive, \"ns\")")]
        [InlineData("M:A.B;NamespaceLocking.RequiresLock(NamespaceLocking.LockMode.Exclusive, \"ns\")")]
        [InlineData("M:A.B;RequiresLock(mode: LockMode.Exclusive, ns: \"ns\")")]
        [InlineData("M:A.B;RequiresLock(ns: \"ns\", mode: LockMode.Exclusive)")]
        [InlineData("M:A.B;RequiresLock(LockMode.Exclusive, nameof(ns))")]
        public void Attribute_as_in_source(string text)
        {
            var line = Assert.Single(AnnotationFile.Parse(text));
            Assert.Null(line.Problem);
            Assert.Equal("M:A.B", line.Member);
            Assert.Equal(new AttributeText(AnnotationKind.RequiresLock, LockMode.Exclusive, true, "ns", null), line.Attribute);
        }

        [Theory]
        [InlineData("RequiresLock(LockMode.Shared)", AnnotationKind.RequiresLock, "Shared", null, null)]
        [InlineData("RequiresLock(LockMode.Shared, Store = \"this\")", AnnotationKind.RequiresLock, "Shared", null, "this")]
        [InlineData("AcquiresLock(LockMode.Shared, \"this.Namespace\", Store = \"other\")", AnnotationKind.AcquiresLock, "Shared", "this.Namespace", "other")]
        [InlineData("AssertsLock(LockMode.Exclusive, \"ns\")", AnnotationKind.AssertsLock, "Exclusive", "ns", null)]
        [InlineData("ExcludesLock(\"ns\")", AnnotationKind.ExcludesLock, null, "ns", null)]
        [InlineData("GuardedBy(\"this.Namespace\")", AnnotationKind.GuardedBy, null, "this.Namespace", null)]
        [InlineData("LockGuard", AnnotationKind.LockGuard, null, null, null)]
        [InlineData("LockGuard()", AnnotationKind.LockGuard, null, null, null)]
        [InlineData("InNamespace(\"\")", AnnotationKind.InNamespace, null, "", null)]
        public void Every_attribute(string attribute, object kind, string? mode, string? path, string? store)
        {
            var line = Assert.Single(AnnotationFile.Parse("T:A;" + attribute));
            Assert.Null(line.Problem);
            Assert.Equal((AnnotationKind)kind, line.Attribute!.Kind);
            Assert.Equal(mode, line.Attribute.Mode?.ToString());
            Assert.Equal(path, line.Attribute.Namespace);
            Assert.Equal(store, line.Attribute.Store);
        }

        [Theory]
        [InlineData("M:A.B(System.Int32);return: InNamespace(\"ns\")", AnnotationTarget.Return, null)]
        [InlineData("M:A.B(System.Int32);return:InNamespace(\"ns\")", AnnotationTarget.Return, null)]
        [InlineData("M:A.B(System.Int32);param value: InNamespace(\"ns\")", AnnotationTarget.Parameter, "value")]
        [InlineData("M:A.B(System.Int32);param  @event : InNamespace(ns: \"ns\")", AnnotationTarget.Parameter, "event")]
        [InlineData("M:A.B(System.Int32);InNamespace(ns: \"ns\")", AnnotationTarget.Member, null)]
        public void Targets(string text, object target, string? parameter)
        {
            var line = Assert.Single(AnnotationFile.Parse(text));
            Assert.Null(line.Problem);
            Assert.Equal((AnnotationTarget)target, line.Target);
            Assert.Equal(parameter, line.Parameter);
        }

        [Theory]
        [InlineData("")]
        [InlineData("\n\r\n \t\n")]
        [InlineData("# M:A.B;Nope")]
        [InlineData("#")]
        public void Nothing(string text) => Assert.Empty(AnnotationFile.Parse(text));

        [Theory]
        [InlineData("\n")]
        [InlineData("\r\n")]
        public void Places_of_lines(string end)
        {
            var text = string.Join(end, "# who", "", "  T:A;LockGuard ", "T:B;LockGuard");
            var lines = AnnotationFile.Parse(text).ToList();
            Assert.Equal(["T:A;LockGuard", "T:B;LockGuard"], lines.Select(line => line.Text));
            Assert.All(lines, line => Assert.Equal(line.Text, text.Substring(line.Start, line.Text.Length)));
        }
    }

    public class Problem
    {
        [Theory]
        [InlineData("delete needs a lock", "delete needs a lock")]
        [InlineData(" # not the first character", "# not the first character")]
        [InlineData("A.B;LockGuard", "A.B")]
        [InlineData("N:A;LockGuard", "N:A")]
        [InlineData(";LockGuard", "")]
        [InlineData("M:A.B;", "")]
        [InlineData("M:A.B;Nope(\"ns\")", "Nope(\"ns\")")]
        [InlineData("M:A.B;[LockGuard]", "[LockGuard]")]
        [InlineData("M:A.B;LockGuard, TakesOwnership", ", TakesOwnership")]
        [InlineData("M:A.B;LockGuard(\"ns\")", "\"ns\")")]
        [InlineData("M:A.B;RequiresLock", "RequiresLock")]
        [InlineData("M:A.B;RequiresLock(Exclusive, \"ns\")", "Exclusive")]
        [InlineData("M:A.B;RequiresLock(LockMode.Nope, \"ns\")", "LockMode.Nope")]
        [InlineData("M:A.B;RequiresLock(LockMode.Shared, ns)", "RequiresLock(LockMode.Shared, ns)")]
        [InlineData("M:A.B;RequiresLock(LockMode.Shared, \"ns\"", "RequiresLock(LockMode.Shared, \"ns\"")]
        [InlineData("M:A.B;RequiresLock(LockMode.Shared, \"ns)", "RequiresLock(LockMode.Shared, \"ns)")]
        [InlineData("M:A.B;AcquiresLock(LockMode.Shared)", "AcquiresLock(LockMode.Shared)")]
        [InlineData("M:A.B;return: DescendantOf(\"ns\", Store = \"this\")", "Store")]
        [InlineData("M:A.B;param: TakesOwnership", "param: TakesOwnership")]
        public void Value_at_fault(string text, string value)
        {
            var line = Assert.Single(AnnotationFile.Parse(text));
            Assert.Null(line.Attribute);
            Assert.Equal(value, line.Problem!.Value);
            Assert.NotEmpty(line.Problem.Advice);
        }
    }
}
