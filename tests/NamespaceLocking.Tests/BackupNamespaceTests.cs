using System.Text.RegularExpressions;
using CsCheck;

namespace NamespaceLocking.Tests;

public partial class BackupNamespaceTests
{
    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]*\z")]
    private static partial Regex ComponentPattern { get; }

    public class Parsing
    {
        [Fact]
        public void The_empty_text_is_the_root()
        {
            Assert.Equal(BackupNamespace.Root, BackupNamespace.Parse(""));
            Assert.True(BackupNamespace.Parse("").IsRoot);
            Assert.Equal(0, BackupNamespace.Root.Depth);
            Assert.Equal("", BackupNamespace.Root.Name);
            Assert.Equal("", BackupNamespace.Root.ToString());
            Assert.Empty(BackupNamespace.Root.Components);
        }

        [Theory]
        [InlineData("a", "a")]
        [InlineData("a/b/c", "c")]
        [InlineData("1/2/3/4/5/6/7/8", "8")]
        [InlineData("_x/Y.z-1", "Y.z-1")]
        [InlineData("a..", "a..")]
        public void A_valid_text_comes_back_as_it_was(string text, string name)
        {
            var ns = BackupNamespace.Parse(text);
            Assert.Equal(text, ns.ToString());
            Assert.Equal(name, ns.Name);
            Assert.Equal(text.Split('/'), ns.Components);
            Assert.Equal(text.Split('/').Length, ns.Depth);
            Assert.False(ns.IsRoot);
        }

        [Theory]
        [InlineData("/", "component 1 is empty, as the text starts with '/'")]
        [InlineData("/a", "component 1 is empty, as the text starts with '/'")]
        [InlineData("a/", "component 2 is empty, as the text ends with '/'")]
        [InlineData("a/b//c", "component 3 is empty, as one '/' follows another")]
        [InlineData("a/.b", "component 2 ('.b') starts with '.'")]
        [InlineData("..", "component 1 ('..') starts with '.'")]
        [InlineData("a/-b", "component 2 ('-b') starts with '-'")]
        [InlineData("a/b c", "component 2 ('b c') has ' ' (U+0020) at position 2")]
        [InlineData("a:b", "component 1 ('a:b') has ':' (U+003A) at position 2")]
        [InlineData("ä", "component 1 ('ä') starts with 'ä' (U+00E4)")]
        [InlineData("a\n", @"component 1 ('a\u000a') has U+000A at position 2")]
        [InlineData("a\0b", @"component 1 ('a\u0000b') has U+0000 at position 2")]
        [InlineData("1/2/3/4/5/6/7/8/nine", "component 9 ('nine') is one more than the 8 that there may be")]
        public void An_error_names_the_component_the_reason_and_what_is_allowed(string text, string expected)
        {
            var error = Assert.Throws<FormatException>(() => BackupNamespace.Parse(text));
            Assert.Contains(expected, error.Message);
            Assert.Contains("at most 8 components", error.Message);
            Assert.Contains("256 characters", error.Message);
            Assert.DoesNotContain('\n', error.Message);
            Assert.False(BackupNamespace.TryParse(text, null, out var ns));
            Assert.Null(ns);
        }

        [Fact]
        public void It_may_have_256_characters_and_no_more()
        {
            var longest = new string('a', 128) + "/" + new string('b', 127);
            Assert.Equal(BackupNamespace.MaxLength, BackupNamespace.Parse(longest).ToString().Length);
            var error = Assert.Throws<FormatException>(() => BackupNamespace.Parse(longest + "b"));
            Assert.Contains("component 2 ('bbb", error.Message);
            Assert.Contains("goes past the 256 characters", error.Message);
        }

        [Fact]
        public void A_huge_text_makes_no_huge_message()
        {
            var error = Assert.Throws<FormatException>(() => BackupNamespace.Parse(new string('x', 1_000_000)));
            Assert.InRange(error.Message.Length, 100, 1000);
        }

        [Fact]
        public void Null_is_no_text()
        {
            Assert.Throws<ArgumentNullException>(() => BackupNamespace.Parse(null!));
            Assert.False(BackupNamespace.TryParse(null, null, out _));
        }

        [Fact]
        public void Spans_are_read_alike_and_through_the_interface_too()
        {
            Assert.Equal(BackupNamespace.Parse("a/b"), BackupNamespace.Parse("xa/bx".AsSpan(1, 3)));
            Assert.True(BackupNamespace.TryParse("a/b".AsSpan(), null, out var ns));
            Assert.Equal(BackupNamespace.Parse("a/b"), ns);
            Assert.Equal(ns, ParseGeneric<BackupNamespace>("a/b"));

            static T ParseGeneric<T>(ReadOnlySpan<char> text) where T : ISpanParsable<T> => T.Parse(text, null);
        }

        [Fact]
        public void Any_text_is_read_just_as_the_rules_say() =>
            Gen.String[Gen.Char["ab_.-/: \u00e4"], 0, 20].Sample(text =>
            {
                var components = text.Split('/');
                var isValid = text.Length == 0
                    || (components.Length <= 8 && components.All(component => ComponentPattern.IsMatch(component)));
                return BackupNamespace.TryParse(text, null, out var ns) == isValid && (!isValid || ns!.ToString() == text);
            });
    }

    public class Tree
    {
        [Fact]
        public void The_root_is_its_own_parent()
        {
            Assert.Same(BackupNamespace.Root, BackupNamespace.Root.Parent);
            Assert.Equal(BackupNamespace.Root, BackupNamespace.Parse("a").Parent);
            Assert.Equal(BackupNamespace.Parse("a/b"), BackupNamespace.Parse("a/b/c").Parent);
        }

        [Fact]
        public void A_child_is_one_level_down()
        {
            Assert.Equal(BackupNamespace.Parse("a"), BackupNamespace.Root.Child("a"));
            Assert.Equal(BackupNamespace.Parse("a/b"), BackupNamespace.Parse("a").Child("b"));
        }

        [Theory]
        [InlineData("", "is empty")]
        [InlineData("b/c", "has '/' (U+002F) at position 2")]
        [InlineData("..", "starts with '.'")]
        [InlineData("b\t", "has U+0009 at position 2")]
        public void A_child_with_a_bad_name_is_refused(string name, string expected)
        {
            var error = Assert.Throws<ArgumentException>(() => BackupNamespace.Parse("x/y").Child(name));
            Assert.Contains(expected, error.Message);
            Assert.Contains("cannot name a child of 'x/y'", error.Message);
            Assert.Contains("at most 8 components", error.Message);
            Assert.Equal("name", error.ParamName);
        }

        [Fact]
        public void A_child_too_deep_or_too_long_is_refused()
        {
            var deep = Assert.Throws<ArgumentException>(() => BackupNamespace.Parse("1/2/3/4/5/6/7/8").Child("nine"));
            Assert.Contains("would be component 9", deep.Message);
            var half = BackupNamespace.Parse(new string('a', 128));
            Assert.Equal(BackupNamespace.MaxLength, half.Child(new string('b', 127)).ToString().Length);
            var longer = Assert.Throws<ArgumentException>(() => half.Child(new string('b', 128)));
            Assert.Contains("would make 257 characters", longer.Message);
            Assert.Throws<ArgumentNullException>(() => half.Child(null!));
        }

        [Theory]
        [InlineData("", "", true)]
        [InlineData("", "a/b", true)]
        [InlineData("a", "a", true)]
        [InlineData("a", "a/b", true)]
        [InlineData("a/b", "a", false)]
        [InlineData("a", "ab", false)]
        [InlineData("a", "a-b", false)]
        [InlineData("a", "A", false)]
        [InlineData("a", "", false)]
        public void It_contains_itself_and_what_lies_below(string upper, string lower, bool expected) =>
            Assert.Equal(expected, BackupNamespace.Parse(upper).Contains(BackupNamespace.Parse(lower)));

        [Fact]
        public void Contains_is_to_be_found_on_the_way_up() =>
            Gen.Select(Gens.Namespace, Gens.Namespace).Sample((upper, lower) =>
            {
                var onTheWay = lower == upper;
                for (var ns = lower; !ns.IsRoot; ns = ns.Parent)
                    onTheWay |= ns.Parent == upper;
                return upper.Contains(lower) == onTheWay;
            });

        [Fact]
        public void Child_undoes_parent() =>
            Gens.Namespace.Where(ns => !ns.IsRoot).Sample(ns => ns.Parent.Child(ns.Name) == ns && ns.Parent.Contains(ns));
    }

    public class Order
    {
        [Fact]
        public void A_parent_comes_before_its_children_and_a_subtree_is_not_parted()
        {
            string[] sorted = ["", "A", "a", "a/b", "a/b/c", "a/b-c", "a-b", "a-b/a", "a.b", "a0", "b"];
            Assert.Equal(sorted, sorted.Reverse().Select(text => BackupNamespace.Parse(text)).Order().Select(ns => ns.ToString()));
        }

        [Fact]
        public void It_is_ordinal_by_component() =>
            Gen.Select(Gens.Namespace, Gens.Namespace).Sample((left, right) =>
            {
                var expected = left.Components.Zip(right.Components, string.CompareOrdinal).FirstOrDefault(order => order != 0);
                if (expected == 0)
                    expected = left.Depth - right.Depth;
                return Math.Sign(left.CompareTo(right)) == Math.Sign(expected)
                    && Math.Sign(right.CompareTo(left)) == -Math.Sign(expected)
                    && left.Equals(right) == (expected == 0)
                    && (expected != 0 || left.GetHashCode() == right.GetHashCode());
            });

        [Fact]
        public void Null_comes_first_and_equals_null_alone()
        {
            BackupNamespace? none = null;
            Assert.True(BackupNamespace.Root.CompareTo(null) > 0);
            Assert.True(none == null);
            Assert.True(none != BackupNamespace.Root);
            Assert.False(BackupNamespace.Root == none);
            Assert.False(BackupNamespace.Root.Equals((object)""));
        }
    }
}
