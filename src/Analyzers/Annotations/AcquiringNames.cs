using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>The members that may acquire a lock for certain, themselves or further down: by their names and those in their text, over all of the compilation.</summary>
/// <remarks>More than really do, and none less: only these are worth a look at their bodies. Made when the first call under a guard asks.</remarks>
internal sealed class AcquiringNames
{
    /// <summary>What each tree declares and calls; trees live on from one compilation to the next.</summary>
    private static readonly ConditionalWeakTable<SyntaxTree, List<(int Member, int[] Names)>> Trees = new();

    /// <summary>Hashes: two names with one are taken for the same.</summary>
    private readonly HashSet<int> _names;

    /// <summary>Those of them that may acquire what even a shared lock of the caller's rules out.</summary>
    private readonly HashSet<int> _exclusive;

    /// <param name="compilation">The compilation.</param>
    /// <param name="acquiring">The names of members that say that they acquire, or exclude, and whether exclusively.</param>
    public AcquiringNames(Compilation compilation, IReadOnlyDictionary<string, bool> acquiring)
    {
        _names = [.. acquiring.Keys.Select(NameScanner.HashOf)];
        _exclusive = [.. acquiring.Where(name => name.Value).Select(name => NameScanner.HashOf(name.Key))];
        var unread = compilation.SyntaxTrees.ToList();
        var callers = new Dictionary<int, List<int>>();
        for (var before = -1; before != _names.Count;)
        {
            before = _names.Count;
            unread.RemoveAll(ReadIfMentioned);
            AddCallers(_names, callers);
        }

        AddCallers(_exclusive, callers);

        bool ReadIfMentioned(SyntaxTree tree)
        {
            if (!TreeWords.Of(tree).MayMention(_names))
                return false;
            foreach (var (member, names) in Trees.GetValue(tree, Read))
            {
                foreach (var name in names)
                {
                    if (!callers.TryGetValue(name, out var list))
                        callers.Add(name, list = []);
                    list.Add(member);
                }
            }

            return true;
        }
    }

    /// <summary>Whether a name with the hash may be that of a member that acquires.</summary>
    public bool Contains(int hash) => _names.Contains(hash);

    /// <summary>Whether the member may acquire; of a function in a member, whether that member may.</summary>
    /// <param name="member">The member.</param>
    /// <param name="exclusively">Whether only what a shared lock of the caller's rules out counts.</param>
    public bool Contains(ISymbol member, bool exclusively)
    {
        var names = exclusively ? _exclusive : _names;
        while (member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction } && member.ContainingSymbol is { } outer)
            member = outer;
        return member switch
        {
            // The code of a program, or of a type that is initialized.
            { CanBeReferencedByName: false } and not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.ExplicitInterfaceImplementation or MethodKind.PropertyGet or MethodKind.PropertySet } => true,
            IMethodSymbol { MethodKind: MethodKind.Constructor } => names.Contains(NameScanner.HashOf(member.ContainingType.Name)),
            IMethodSymbol { AssociatedSymbol: { } property } => names.Contains(HashOf(property)),
            _ => names.Contains(HashOf(member)),
        };
    }

    /// <summary>Of an explicit implementation, the member's own name counts.</summary>
    private static int HashOf(ISymbol member) => NameScanner.HashOf(member.Name.Substring(member.Name.LastIndexOf('.') + 1));

    private static void AddCallers(HashSet<int> names, Dictionary<int, List<int>> callers)
    {
        var found = new Queue<int>(names);
        while (found.Count > 0)
        {
            if (!callers.TryGetValue(found.Dequeue(), out var list))
                continue;
            foreach (var caller in list)
            {
                if (names.Add(caller))
                    found.Enqueue(caller);
            }
        }
    }

    private static List<(int Member, int[] Names)> Read(SyntaxTree tree)
    {
        var members = new List<(int, int[])>();
        var seen = new HashSet<int>();
        foreach (var node in tree.GetRoot().DescendantNodes(static node => node is not (BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or FieldDeclarationSyntax or GlobalStatementSyntax)))
        {
            switch (node)
            {
                case MethodDeclarationSyntax method:
                    members.Add((NameScanner.HashOf(method.Identifier.ValueText), Names(node, seen)));
                    break;
                case ConstructorDeclarationSyntax constructor:
                    members.Add((NameScanner.HashOf(constructor.Identifier.ValueText), Names(node, seen)));
                    break;
                case PropertyDeclarationSyntax property:
                    members.Add((NameScanner.HashOf(property.Identifier.ValueText), Names(node, seen)));
                    break;
                case FieldDeclarationSyntax field:
                    foreach (var variable in field.Declaration.Variables)
                    {
                        if (variable.Initializer is { Value: AnonymousFunctionExpressionSyntax })
                            members.Add((NameScanner.HashOf(variable.Identifier.ValueText), Names(variable, seen)));
                    }

                    break;
            }
        }

        return members;
    }

    /// <param name="member">The member.</param>
    /// <param name="names">Is used over and over, since a set is larger than what is kept of it.</param>
    private static int[] Names(SyntaxNode member, HashSet<int> names)
    {
        names.Clear();
        foreach (var span in CertainCode.Of(member))
        {
            var scanner = new NameScanner(member.SyntaxTree.GetText(), span);
            while (scanner.MoveNext())
                names.Add(scanner.Hash);
            if (!scanner.HasOtherSpellings)
                continue;
            foreach (var token in member.DescendantTokens())
                names.Add(NameScanner.HashOf(token.ValueText));
        }

        // 'base(…)' does not name what it calls.
        if (member is ConstructorDeclarationSyntax { Initializer.RawKind: (int)SyntaxKind.BaseConstructorInitializer, Parent: TypeDeclarationSyntax { BaseList: { } bases } })
            names.UnionWith(bases.DescendantTokens().Select(token => NameScanner.HashOf(token.ValueText)));
        return [.. names];
    }
}
