using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NamespaceLocking.Analyzers.PropertyTests.Programs;
using NamespaceLocking.Analyzers.Tests;
using NamespaceLocking.Analyzers.Tests.Pages;

namespace NamespaceLocking.Analyzers.PropertyTests;

/// <summary>C# that is at hand: the samples, the projects' own code, the sources in the cases of the rules' tests, and generated methods.</summary>
internal static partial class TestSources
{
    public static IEnumerable<(string Name, string Text)> Files(string folder) =>
        Repository.Files(folder, "*.cs").Select(path => (path, Repository.Read(path)));

    public static IEnumerable<(string Name, string Text)> Generated(int count, int seed)
    {
        var random = new PCG(1, (ulong)seed);
        for (var i = 0; i < count; i++)
        {
            var writer = new SourceWriter();
            writer.Write("class C");
            writer.Write("{");
            Method.Of(Node.Method.Generate(random, null, out var _)).Print(writer, "M");
            writer.Write("}");
            yield return ($"generated {i}", writer.ToString());
        }
    }

    /// <summary>The jobs of the sample, each with the datastore that it works on, and the program of the other sample as a method.</summary>
    public static IEnumerable<(string Name, string Text)> Samples()
    {
        var datastore = Repository.Read("samples/UnsafeUsage/Datastore.cs");
        foreach (var (path, text) in Files("samples/UnsafeUsage"))
            yield return (Path.GetFileNameWithoutExtension(path), Usings().Replace(path.EndsWith("Datastore.cs", StringComparison.Ordinal) ? text : text + datastore, ""));
        var program = Usings().Replace(Repository.Read("samples/QuickStart/Program.cs"), "");
        yield return ("QuickStart", $"static class Program {{ static void Main(string[] args) {{\n{program}\n}} }}\n"
            + Usings().Replace(Repository.Read("samples/QuickStart/Datastore.cs") + Repository.Read("samples/QuickStart/AnotherProcess.cs"), ""));
    }

    /// <summary>The sources that tests of the analyzers hand to their verifiers, each as the verifier completes it, without the marks.</summary>
    /// <param name="areClean">Whether to take only those that nothing is marked in, or all.</param>
    public static IEnumerable<(string Name, string Text)> InCases(bool areClean)
    {
        foreach (var (path, text) in Files("tests/NamespaceLocking.Analyzers.Tests"))
        {
            var root = CSharpSyntaxTree.ParseText(text, Analysis.ParseOptions).GetRoot();
            foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                var verifier = call.Expression is MemberAccessExpressionSyntax member ? member.Name.Identifier.Text : "";
                var test = call.FirstAncestorOrSelf<MethodDeclarationSyntax>();
                foreach (var row in Rows(test))
                {
                    var arguments = call.ArgumentList.Arguments.Select(argument => TextOf(argument.Expression, row.Values)).ToList();
                    if (arguments.Count == 0 || arguments.Any(argument => argument is null) || Complete(verifier, [.. arguments.OfType<string>()]) is not { } source)
                        continue;
                    if (!areClean || !Mark().IsMatch(source))
                        yield return ($"{Path.GetFileNameWithoutExtension(path)}.{test?.Identifier.Text}{row.Name}", Mark().Replace(source, "$1"));
                }
            }
        }
    }

    /// <summary>What a theory's rows give its parameters; one row without any for a fact.</summary>
    private static IEnumerable<(string Name, Dictionary<string, string> Values)> Rows(MethodDeclarationSyntax? test)
    {
        var attributes = test?.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => attribute.Name.ToString() == "InlineData").ToList() ?? [];
        if (attributes.Count == 0)
            return [("", [])];
        return attributes.Select((attribute, index) => ($"[{index}]", attribute.ArgumentList!.Arguments
            .Zip(test!.ParameterList.Parameters, (argument, parameter) => (parameter.Identifier.Text, Value: TextOf(argument.Expression, [])))
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Text, pair => pair.Value!)));
    }

    private static string? TextOf(ExpressionSyntax expression, Dictionary<string, string> parameters) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        IdentifierNameSyntax { Identifier.Text: var name } => parameters.GetValueOrDefault(name),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when TextOf(sum.Left, parameters) is { } left && TextOf(sum.Right, parameters) is { } right =>
            left + right,
        InterpolatedStringExpressionSyntax interpolated => interpolated.Contents
            .Select(part => part is InterpolationSyntax hole ? TextOf(hole.Expression, parameters) : ((InterpolatedStringTextSyntax)part).TextToken.ValueText)
            .Aggregate((string?)"", (text, part) => text is null || part is null ? null : text + part),
        MemberAccessExpressionSyntax { Name.Identifier.Text: var name, Expression: IdentifierNameSyntax { Identifier.Text: "Cases" } } => name switch
        {
            nameof(Cases.Store) => Cases.Store,
            nameof(Cases.Session) => Cases.Session,
            nameof(Cases.Wrapper) => Cases.Wrapper,
            nameof(Cases.Tree) => Cases.Tree,
            nameof(Cases.Opener) => Cases.Opener,
            nameof(Cases.Bag) => Cases.Bag,
            nameof(Cases.Handle) => Cases.Handle,
            _ => null,
        },
        _ => null,
    };

    private static string? Complete(string verifier, string[] arguments) => (verifier, arguments.Length) switch
    {
        ("SourceAsync", 1) => arguments[0],
        ("BodyAsync", 1) => Body(arguments[0]),
        ("BodyAsync", 2) => Body(arguments[1]) + "\n" + arguments[0],
        ("LocksAsync", 1) => $"class Locks(NamespaceLockManager locks)\n{{\n{arguments[0]}\n}}\n",
        ("MembersAsync", 1 or 2) =>
            $$"""
            class C(Datastore store, NamespaceLockManager locks)
            {
                private readonly Datastore _store = store;
                private readonly NamespaceLockManager _locks = locks;
            {{arguments[0]}}
            }

            """ + arguments.ElementAtOrDefault(1),
        _ => null,
    };

    private static string Body(string body) =>
        $$"""
        class C
        {
            async Task M(Datastore store, Datastore other, NamespaceLockManager locks, BackupNamespace ns, BackupNamespace ns2,
                CancellationToken token, bool flag, List<int> items)
            {
                await Task.Yield();
        {{body}}
            }
        }
        """;

    [GeneratedRegex(@"^(using [\w.]+;|namespace .*;)\s*$", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"\{\|(?:NSL\d+|#\d+)(?::)(.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark();
}
