using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>The names under which annotated members and guards can be called in a compilation.</summary>
internal sealed class AnnotatedNames
{
    private static readonly HashSet<string> Attributes = [.. AnnotationKinds.All.Select(kind => kind.ToString())];

    /// <summary>What each tree declares; trees live on from one compilation to the next while somebody types.</summary>
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> Trees = new();

    private readonly HashSet<string> _names = [];

    /// <summary>Whether something annotated is called by no name: an operator, an indexer, what <c>foreach</c> calls.</summary>
    public bool HasUnnamed { get; private set; }

    /// <summary>The names of members that say that they acquire a lock, or exclude one.</summary>
    public HashSet<string> Acquiring { get; } = [];

    public bool Contains(string name) => _names.Contains(name);

    public static AnnotatedNames Of(Compilation compilation, AnnotationReader annotations)
    {
        var names = new AnnotatedNames();
        names.AddReferences(compilation, annotations);
        foreach (var symbol in annotations.Files.Symbols)
            names.AddStated(symbol, annotations);
        var guards = new HashSet<string>(names._names);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var guard in TreeNames.Of(tree).GuardTypes)
                guards.Add(guard);
        }

        // A type that derives from a guard, or stands for one, is a guard: until no more are found.
        for (var before = -1; before != guards.Count;)
        {
            before = guards.Count;
            foreach (var tree in compilation.SyntaxTrees)
            {
                foreach (var (name, bases) in TreeNames.Of(tree).Derived)
                {
                    if (bases.Any(guards.Contains))
                        guards.Add(name);
                }
            }
        }

        names._names.UnionWith(guards);
        foreach (var tree in compilation.SyntaxTrees)
        {
            var own = TreeNames.Of(tree);
            names._names.UnionWith(own.Annotated);
            names.Acquiring.UnionWith(own.Acquiring);
            names.HasUnnamed |= own.HasUnnamed;
            foreach (var (name, types) in own.Typed)
            {
                if (types.Any(guards.Contains))
                    names._names.Add(name);
            }
        }

        return names;
    }

    private void AddReferences(Compilation compilation, AnnotationReader annotations)
    {
        // What hands out a guard is in an assembly that knows the guard's type, or the library.
        var libraries = annotations.Known.StatedGuards.Select(guard => guard.ContainingAssembly)
            .Where(assembly => !KnownSymbols.Same(assembly, compilation.Assembly))
            .Append(annotations.Known.LockGuard.ContainingAssembly)
            .ToImmutableHashSet(SymbolEqualityComparer.Default);
        foreach (var reference in compilation.References)
        {
            if (compilation.GetAssemblyOrModuleSymbol(reference) is not IAssemblySymbol assembly)
                continue;
            if (libraries.Contains(assembly) || assembly.Modules.Any(module => module.ReferencedAssemblySymbols.Any(libraries.Contains)))
                AddNamespace(assembly.GlobalNamespace, annotations);
        }
    }

    /// <summary>What a line of a file speaks of, wherever it is declared.</summary>
    private void AddStated(ISymbol symbol, AnnotationReader annotations)
    {
        if (symbol is INamedTypeSymbol type)
        {
            Add(type.Name);
            // A delegate is called by the names of variables.
            HasUnnamed |= type.TypeKind == TypeKind.Delegate;
        }
        else
        {
            AddMember(symbol, symbol.ContainingType, annotations);
            HasUnnamed |= symbol is IMethodSymbol { MethodKind: MethodKind.Constructor };
        }
    }

    private void AddNamespace(INamespaceSymbol scope, AnnotationReader annotations)
    {
        foreach (var member in scope.GetMembers())
        {
            if (member is INamespaceSymbol inner)
                AddNamespace(inner, annotations);
            else if (member is INamedTypeSymbol type)
                AddType(type, annotations);
        }
    }

    private void AddType(INamedTypeSymbol type, AnnotationReader annotations)
    {
        if (annotations.Known.IsGuard(type))
            _names.Add(type.Name);
        if (type.TypeKind == TypeKind.Delegate && !annotations.Of(type).IsEmpty)
            _names.Add(type.Name);
        foreach (var member in type.GetMembers())
        {
            if (member is INamedTypeSymbol nested)
                AddType(nested, annotations);
            else if (member is IMethodSymbol or IPropertySymbol or IFieldSymbol && Matters(member, annotations))
                AddMember(member, type, annotations);
        }
    }

    private void AddMember(ISymbol member, INamedTypeSymbol type, AnnotationReader annotations)
    {
        var name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? type.Name : member.Name;
        Add(name);
        if (annotations.Of(member) is { Acquires.IsEmpty: false } or { Excludes.IsEmpty: false })
            Acquiring.Add(name);
    }

    private static bool Matters(ISymbol member, AnnotationReader annotations)
    {
        if (!annotations.Of(member).IsEmpty)
            return true;
        var type = (member as IMethodSymbol)?.ReturnType ?? (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type;
        type = annotations.Known.TaskResult(type) ?? type;
        return annotations.Known.IsGuard(type)
            || (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(element => annotations.Known.IsGuard(element.Type)))
            || (member is IMethodSymbol method && method.Parameters.Any(parameter => parameter.RefKind == RefKind.Out && annotations.Known.IsGuard(parameter.Type)));
    }

    private void Add(string name)
    {
        if (SyntaxFacts.IsValidIdentifier(name) && !IsCalledByNoName(name))
            _names.Add(name);
        else if (!name.Contains('.'))
            HasUnnamed = true;
    }

    private static bool IsCalledByNoName(string name) => name.StartsWith("op_", StringComparison.Ordinal)
        || name is "this[]" or "GetEnumerator" or "GetAsyncEnumerator" or "MoveNext" or "MoveNextAsync" or "Current" or "Deconstruct" or "GetAwaiter";

    /// <summary>What one file declares that can matter, by syntax alone.</summary>
    private sealed class TreeNames
    {
        public HashSet<string> Annotated { get; } = [];
        public HashSet<string> Acquiring { get; } = [];
        public HashSet<string> GuardTypes { get; } = [];

        /// <summary>Types and aliases, with the names that their base lists or targets mention.</summary>
        public List<(string Name, string[] Bases)> Derived { get; } = [];

        /// <summary>Members, with the names that their types mention.</summary>
        public List<(string Name, string[] Types)> Typed { get; } = [];

        public bool HasUnnamed { get; private set; }

        public static TreeNames Of(SyntaxTree tree) => Trees.GetValue(tree, Read);

        private static TreeNames Read(SyntaxTree tree)
        {
            var names = new TreeNames();
            foreach (var node in tree.GetRoot().DescendantNodes(node => node is not (BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax)))
                names.Add(node);
            return names;
        }

        private void Add(SyntaxNode node)
        {
            switch (node)
            {
                case AttributeSyntax attribute when Attributes.Contains(NameOf(attribute)):
                    AddAnnotated(attribute);
                    break;
                case TypeDeclarationSyntax { BaseList: { } bases } type:
                    Derived.Add((type.Identifier.ValueText, Identifiers(bases)));
                    break;
                case UsingDirectiveSyntax { Alias: { } alias } directive:
                    Derived.Add((alias.Name.Identifier.ValueText, Identifiers(directive)));
                    break;
                case MethodDeclarationSyntax method:
                    Typed.Add((method.Identifier.ValueText, [.. Identifiers(method.ReturnType), .. OutTypes(method.ParameterList)]));
                    break;
                case PropertyDeclarationSyntax property:
                    Typed.Add((property.Identifier.ValueText, Identifiers(property.Type)));
                    break;
                case FieldDeclarationSyntax field:
                    foreach (var variable in field.Declaration.Variables)
                        Typed.Add((variable.Identifier.ValueText, Identifiers(field.Declaration.Type)));
                    break;
                case ParameterSyntax { Type: { } type, Parent.Parent: TypeDeclarationSyntax } parameter:
                    Typed.Add((parameter.Identifier.ValueText, Identifiers(type)));
                    break;
            }
        }

        private void AddAnnotated(AttributeSyntax attribute)
        {
            var acquires = NameOf(attribute) is "AcquiresLock" or "ExcludesLock";
            for (var owner = attribute.Parent?.Parent; owner is not null; owner = owner.Parent)
            {
                switch (owner)
                {
                    case BaseTypeDeclarationSyntax type:
                        GuardTypes.Add(type.Identifier.ValueText);
                        return;
                    case DelegateDeclarationSyntax function:
                        Annotated.Add(function.Identifier.ValueText);
                        // The delegate is called by the names of variables.
                        HasUnnamed = true;
                        return;
                    case MethodDeclarationSyntax { Identifier.ValueText: var name }:
                        AddName(name, acquires);
                        return;
                    case ConstructorDeclarationSyntax constructor:
                        AddName(constructor.Identifier.ValueText, acquires);
                        // 'new(…)', ': this(…)' and ': base(…)' do not name it.
                        HasUnnamed = true;
                        return;
                    case PropertyDeclarationSyntax property:
                        AddName(property.Identifier.ValueText, acquires);
                        return;
                    case FieldDeclarationSyntax field:
                        foreach (var variable in field.Declaration.Variables)
                            AddName(variable.Identifier.ValueText, acquires);
                        return;
                    case LocalFunctionStatementSyntax function:
                        AddName(function.Identifier.ValueText, acquires);
                        return;
                    case BaseMethodDeclarationSyntax or IndexerDeclarationSyntax or LambdaExpressionSyntax:
                        HasUnnamed = true;
                        return;
                }
            }
        }

        private void AddName(string name, bool acquires)
        {
            if (acquires)
                Acquiring.Add(name);
            if (IsCalledByNoName(name))
                HasUnnamed = true;
            Annotated.Add(name);
        }

        private static string NameOf(AttributeSyntax attribute)
        {
            var name = attribute.Name;
            while (name is QualifiedNameSyntax qualified)
                name = qualified.Right;
            var text = (name as AliasQualifiedNameSyntax)?.Name.Identifier.ValueText ?? (name as SimpleNameSyntax)?.Identifier.ValueText ?? "";
            return text.EndsWith("Attribute", StringComparison.Ordinal) ? text.Substring(0, text.Length - "Attribute".Length) : text;
        }

        private static IEnumerable<string> OutTypes(ParameterListSyntax parameters) => parameters.Parameters
            .Where(parameter => parameter.Type is not null && parameter.Modifiers.Any(SyntaxKind.OutKeyword))
            .SelectMany(parameter => Identifiers(parameter.Type!));

        private static string[] Identifiers(SyntaxNode node) =>
            [.. node.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];
    }
}
