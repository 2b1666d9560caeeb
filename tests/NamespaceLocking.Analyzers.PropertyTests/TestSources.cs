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
                var arguments = call.ArgumentList.Arguments.Select(argument => TextOf(argument.Expression)).ToList();
                if (arguments.Count == 0 || arguments.Any(argument => argument is null) || Complete(verifier, [.. arguments.OfType<string>()]) is not { } source)
                    continue;
                if (areClean && Mark().IsMatch(source))
                    continue;
                var test = call.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.Text;
                yield return ($"{Path.GetFileNameWithoutExtension(path)}.{test}", Mark().Replace(source, "$1"));
            }
        }
    }

    private static string? TextOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } => text,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when TextOf(sum.Left) is { } left && TextOf(sum.Right) is { } right => left + right,
        MemberAccessExpressionSyntax { Name.Identifier.Text: var name, Expression: IdentifierNameSyntax { Identifier.Text: "Cases" } } => name switch
        {
            nameof(Cases.Store) => Cases.Store,
            nameof(Cases.Session) => Cases.Session,
            nameof(Cases.Wrapper) => Cases.Wrapper,
            nameof(Cases.Tree) => Cases.Tree,
            nameof(Cases.Opener) => Cases.Opener,
            _ => null,
        },
        _ => null,
    };

    private static string? Complete(string verifier, string[] arguments) => (verifier, arguments.Length) switch
    {
        ("SourceAsync", 1) => arguments[0],
        ("BodyAsync", 1) => Body(arguments[0]),
        ("BodyAsync", 2) => Body(arguments[1]) + "\n" + arguments[0],
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

    [GeneratedRegex(@"\{\|(?:NSL\d+|#\d+)(?::)(.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark();
}
