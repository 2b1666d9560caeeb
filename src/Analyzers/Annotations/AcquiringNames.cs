using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>The names of members that may acquire a lock, themselves or further down: by syntax, over all calls of the compilation.</summary>
/// <remarks>More than really do, and none less: only these are worth a look at their bodies. Made when the first call under a guard asks.</remarks>
internal sealed class AcquiringNames
{
    /// <summary>What each tree declares and calls; trees live on from one compilation to the next.</summary>
    private static readonly ConditionalWeakTable<SyntaxTree, List<(string Member, HashSet<string> Names)>> Trees = new();

    private readonly HashSet<string> _names;

    /// <param name="compilation">The compilation.</param>
    /// <param name="acquiring">The names of members that say that they acquire, or exclude.</param>
    public AcquiringNames(Compilation compilation, IEnumerable<string> acquiring)
    {
        _names = [.. acquiring];
        var callers = new Dictionary<string, List<string>>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var (member, names) in Trees.GetValue(tree, Read))
            {
                foreach (var name in names)
                {
                    if (!callers.TryGetValue(name, out var list))
                        callers.Add(name, list = []);
                    list.Add(member);
                }
            }
        }

        var found = new Queue<string>(_names);
        while (found.Count > 0)
        {
            if (!callers.TryGetValue(found.Dequeue(), out var list))
                continue;
            foreach (var caller in list)
            {
                if (_names.Add(caller))
                    found.Enqueue(caller);
            }
        }
    }

    public bool Contains(string name) => _names.Contains(name);

    private static List<(string Member, HashSet<string> Names)> Read(SyntaxTree tree)
    {
        var members = new List<(string, HashSet<string>)>();
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var name = node switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
                PropertyDeclarationSyntax property => property.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                VariableDeclaratorSyntax { Initializer.Value: AnonymousFunctionExpressionSyntax } lambda => lambda.Identifier.ValueText,
                _ => null,
            };
            if (name is not null)
                members.Add((name, Called(node)));
        }

        return members;
    }

    private static HashSet<string> Called(SyntaxNode member)
    {
        var names = new HashSet<string>();
        foreach (var node in member.DescendantNodes())
        {
            if (node is SimpleNameSyntax name)
                names.Add(name.Identifier.ValueText);
        }

        return names;
    }
}
