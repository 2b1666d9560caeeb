using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Tests.Pages;

/// <summary>samples/UnsafeUsage: every shipped rule once, in a member whose name says so, beside one that does it right.</summary>
public class UnsafeUsageTests
{
    private const string Mark = "Unsafe";

    [Theory]
    [MemberData(nameof(ShippedRules.Each), MemberType = typeof(ShippedRules))]
    public async Task Each_rule_fires_once(string id)
    {
        var reported = await UnsafeUsage.DiagnoseAsync();
        Expect.Lines([id], reported.Where(diagnostic => diagnostic.Id == id).Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task Nothing_fires_outside_the_members_that_show_a_mistake()
    {
        var reported = await UnsafeUsage.DiagnoseAsync();
        Expect.None(reported.Where(diagnostic => MistakeAround(diagnostic) is null).Select(AnalyzedCode.Format));
    }

    [Fact]
    public async Task Each_mistake_says_which_rule_finds_it()
    {
        var reported = await UnsafeUsage.DiagnoseAsync();
        var found = reported.Select(diagnostic => (Mistake: MistakeAround(diagnostic), diagnostic.Id)).Where(pair => pair.Mistake is not null)
            .Select(pair => $"{NameOf(pair.Mistake!)}: {pair.Id}");
        var said = Members().Where(IsMistake).Select(member => $"{NameOf(member)}: {IdIn(member)}");
        Expect.Lines(said.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_mistake_has_a_correct_twin()
    {
        var members = Members().Select(member => (Type: TypeOf(member), Name: NameOf(member))).ToHashSet();
        Expect.None(members.Where(member => member.Name.Contains(Mark, StringComparison.Ordinal))
            .Where(member => !members.Contains((member.Type, TwinOf(member.Name))))
            .Select(member => $"{member.Type}.{member.Name}"));
    }

    private static string TwinOf(string name) => name.Replace(Mark + "ly", "", StringComparison.Ordinal).Replace(Mark, "", StringComparison.Ordinal);

    private static IEnumerable<MemberDeclarationSyntax> Members() =>
        UnsafeUsage.Sources.SelectMany(source => CSharpSyntaxTree.ParseText(source.Text).GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>());

    private static MemberDeclarationSyntax? MistakeAround(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetRoot().FindNode(diagnostic.Location.SourceSpan).AncestorsAndSelf()
            .OfType<MemberDeclarationSyntax>().FirstOrDefault(IsMistake);

    private static bool IsMistake(MemberDeclarationSyntax member) => NameOf(member).Contains(Mark, StringComparison.Ordinal);

    /// <summary>The rule that the member's documentation begins with.</summary>
    private static string IdIn(MemberDeclarationSyntax member)
    {
        var text = member.GetLeadingTrivia().ToFullString();
        var at = text.IndexOf("NSL", StringComparison.Ordinal);
        return at < 0 ? "no rule named" : text.Substring(at, "NSLnnnn".Length);
    }

    private static string? TypeOf(MemberDeclarationSyntax member) => member.Parent is BaseTypeDeclarationSyntax type ? type.Identifier.ValueText : null;

    private static string NameOf(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        EventDeclarationSyntax property => property.Identifier.ValueText,
        _ => "",
    };
}
