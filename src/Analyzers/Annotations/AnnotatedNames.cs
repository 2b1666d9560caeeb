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

    private static readonly HashSet<int> AttributeHashes =
        [.. Attributes.Concat(Attributes.Select(name => name + "Attribute")).Select(NameScanner.HashOf)];

    /// <summary>What each tree declares; trees live on from one compilation to the next while somebody types.</summary>
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> Trees = new();

    private readonly HashSet<string> _names = [];

    /// <summary>Names of which it is only known how their namespaces lie: <c>Parent</c>, <c>Child</c>. Code that uses nothing else needs no lock and takes none.</summary>
    private readonly HashSet<string> _related = [];

    private readonly HashSet<int> _hashes = [];
    private readonly HashSet<int> _allHashes = [];
    private readonly HashSet<string> _guards = [];
    private readonly Dictionary<string, bool> _acquiring = [];

    /// <summary>Types whose annotated constructors, or whose annotated calls, need not name them: <c>new(…)</c>, <c>: base(…)</c>, a delegate in a variable.</summary>
    private readonly HashSet<string> _called = [];

    /// <summary>Whether an annotation has another name somewhere: <c>using Needs = NamespaceLocking.RequiresLockAttribute</c>.</summary>
    private bool _hasAliases;

    /// <summary>Whether something annotated is called by no name and without anything else to see: an operator, what <c>foreach</c> calls.</summary>
    public bool HasUnnamed { get; private set; }

    /// <summary>Whether an indexer is annotated: it is called by brackets.</summary>
    public bool HasIndexers { get; private set; }

    /// <summary>The names of members that say that they acquire a lock, or exclude one; and whether a shared lock of the caller's can rule that out.</summary>
    public IReadOnlyDictionary<string, bool> Acquiring => _acquiring;

    public bool Contains(string name) => _names.Contains(name) || _related.Contains(name);

    /// <summary>Whether code with the name is worth a look.</summary>
    public bool Matters(string name) => _names.Contains(name);

    /// <summary>Whether code with a name of that hash can be worth a look.</summary>
    public bool MayMatter(int hash) => _hashes.Contains(hash);

    /// <summary>Whether the member, or what it overrides or implements, may have an annotation: by its name, an accessor by its property's, a constructor by its type's.</summary>
    public bool MayBeAnnotated(ISymbol member)
    {
        if (HasUnnamed)
            return true;
        var named = member switch
        {
            IMethodSymbol { AssociatedSymbol: { } owner } => owner,
            IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => member.ContainingType,
            _ => member,
        };
        return Contains(named.Name)
            || (named is IPropertySymbol { IsIndexer: true } && HasIndexers)
            || (named.Name.LastIndexOf('.') is >= 0 and var dot && Contains(named.Name.Substring(dot + 1)));
    }

    /// <summary>Whether something in the files of the type may have an annotation.</summary>
    public bool MayBeAnnotatedIn(INamedTypeSymbol type)
    {
        if (_hasAliases)
            return true;
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            if (TreeWords.Of(part.SyntaxTree).MayMention(AttributeHashes))
                return true;
        }

        return false;
    }

    /// <summary>Whether code may call one of these, or something by another name: by its text alone, so that doubt counts.</summary>
    /// <param name="code">A lambda, or a local function.</param>
    /// <param name="others">The hashes of the other names.</param>
    public bool MayBeCalledIn(SyntaxNode code, HashSet<int> others)
    {
        if (HasUnnamed)
            return true;
        var scanner = new NameScanner(code.SyntaxTree.GetText(), code.Span);
        while (scanner.MoveNext())
        {
            // The function's own name calls nothing where it is declared.
            if ((_allHashes.Contains(scanner.Hash) || others.Contains(scanner.Hash)) && !(code is LocalFunctionStatementSyntax function && function.Identifier.SpanStart == scanner.Start))
                return true;
        }

        return scanner.HasOtherSpellings || ((HasIndexers || _called.Count > 0) && code.DescendantNodes().Any(MayCallUnnamed));
    }

    private bool MayCallUnnamed(SyntaxNode node) => node switch
    {
        ElementAccessExpressionSyntax or ElementBindingExpressionSyntax or ImplicitElementAccessSyntax or ListPatternSyntax => HasIndexers,
        ImplicitObjectCreationExpressionSyntax or InvocationExpressionSyntax { Expression: IdentifierNameSyntax } => _called.Count > 0,
        MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Invoke" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } => _called.Count > 0,
        _ => false,
    };

    public static AnnotatedNames Of(Compilation compilation, AnnotationReader annotations)
    {
        var names = new AnnotatedNames();
        names.AddReferences(compilation, annotations);
        foreach (var symbol in annotations.Files.Symbols)
            names.AddStated(symbol, annotations);
        foreach (var own in names.ReadTrees(compilation))
        {
            names._names.UnionWith(own.Annotated);
            foreach (var (name, isExclusive) in own.Acquiring)
                names.AddAcquiring(name, isExclusive);
            names._hasAliases |= own.HasAliases;
            // What carries an annotation by another name is not looked for: all code is.
            names.HasUnnamed |= own.HasUnnamed || own.HasAliases;
            names.HasIndexers |= own.HasIndexers;
            foreach (var (name, types) in own.Typed)
            {
                if (types.Any(names._guards.Contains) || types.Any(names._called.Contains))
                    names._names.Add(name);
            }

            foreach (var (name, types) in names._called.Count == 0 ? [] : own.Taking)
            {
                if (types.Any(names._called.Contains))
                    names._names.Add(name);
            }
        }

        names._names.UnionWith(names._guards);
        names._names.UnionWith(names._called);
        foreach (var name in names._names)
            names._hashes.Add(NameScanner.HashOf(name));
        names._allHashes.UnionWith(names._hashes);
        names._allHashes.UnionWith(names._related.Select(NameScanner.HashOf));
        return names;
    }

    /// <summary>What the files declare that name an annotation or a guard; the syntax of others is not asked for.</summary>
    private List<TreeNames> ReadTrees(Compilation compilation)
    {
        var read = new List<TreeNames>();
        var unread = compilation.SyntaxTrees.ToList();
        var wanted = new HashSet<int>(AttributeHashes.Concat(_guards.Concat(_called).Select(NameScanner.HashOf)));
        // A type that derives from a guard, or stands for one, is a guard: until no more are found.
        for (var before = -1; before != _guards.Count + _called.Count + read.Count;)
        {
            before = _guards.Count + _called.Count + read.Count;
            unread.RemoveAll(tree =>
            {
                if (!TreeWords.Of(tree).MayMention(wanted))
                    return false;
                read.Add(TreeNames.Of(tree));
                return true;
            });
            foreach (var tree in read)
            {
                AddTypes(tree.GuardTypes, _guards, wanted);
                AddTypes(tree.CalledTypes, _called, wanted);
                foreach (var (name, bases) in tree.Derived)
                {
                    if (bases.Any(_guards.Contains))
                        AddTypes([name], _guards, wanted);
                    if (bases.Any(_called.Contains))
                        AddTypes([name], _called, wanted);
                }
            }
        }

        return read;
    }

    private static void AddTypes(IEnumerable<string> names, HashSet<string> types, HashSet<int> wanted)
    {
        foreach (var name in names)
        {
            if (types.Add(name))
                wanted.Add(NameScanner.HashOf(name));
        }
    }

    /// <summary>Whether the type, what it is made of or what it derives from can be called without a name.</summary>
    public bool IsCalled(ITypeSymbol? type)
    {
        if (_called.Count == 0)
            return false;
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            for (var current = outer; current is not null; current = current.BaseType)
            {
                if (MentionsCalled(current))
                    return true;
            }
        }

        return false;
    }

    private bool MentionsCalled(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => MentionsCalled(array.ElementType),
        INamedTypeSymbol named => _called.Contains(named.Name) || MentionsCalled(named.TypeArguments),
        _ => false,
    };

    private bool MentionsCalled(ImmutableArray<ITypeSymbol> types)
    {
        foreach (var type in types)
        {
            if (MentionsCalled(type))
                return true;
        }

        return false;
    }

    /// <summary>Whether the member yields or takes something that can be called without a name.</summary>
    public bool IsCalledThrough(ISymbol member) => _called.Count > 0 && member switch
    {
        IMethodSymbol method => IsCalled(method.ReturnType) || method.Parameters.Any(parameter => IsCalled(parameter.Type)),
        IPropertySymbol property => IsCalled(property.Type) || property.Parameters.Any(parameter => IsCalled(parameter.Type)),
        IFieldSymbol field => IsCalled(field.Type),
        IEventSymbol changed => IsCalled(changed.Type),
        _ => false,
    };

    private void AddReferences(Compilation compilation, AnnotationReader annotations)
    {
        // What hands out a guard is in an assembly that knows the guard's type, or the library.
        var libraries = annotations.Known.StatedGuards.Select(guard => guard.ContainingAssembly)
            .Where(assembly => !KnownSymbols.Same(assembly, compilation.Assembly))
            .Append(annotations.Known.LockGuard.ContainingAssembly)
            .ToImmutableHashSet(SymbolEqualityComparer.Default);
        var knowing = compilation.References.Select(compilation.GetAssemblyOrModuleSymbol).OfType<IAssemblySymbol>()
            .Where(assembly => libraries.Contains(assembly) || assembly.Modules.Any(module => module.ReferencedAssemblySymbols.Any(libraries.Contains)))
            .ToList();
        var hasDelegates = false;
        foreach (var type in knowing.SelectMany(TypesOf))
            hasDelegates |= AddType(type, compilation, annotations);
        // A delegate is called by the names of what has it, which may stand before it.
        foreach (var member in hasDelegates ? knowing.SelectMany(TypesOf).SelectMany(type => type.GetMembers()) : [])
        {
            if (member.DeclaredAccessibility != Accessibility.Private && !member.IsImplicitlyDeclared && IsCalledThrough(member))
                Add(member.Name);
        }

        IEnumerable<INamedTypeSymbol> TypesOf(IAssemblySymbol assembly) => TypesIn(assembly.GlobalNamespace, assembly.GivesAccessTo(compilation.Assembly));
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol scope, bool withInternal)
    {
        foreach (var member in scope.GetMembers())
        {
            if (member is not INamespaceOrTypeSymbol inner)
                continue;
            if (member is INamedTypeSymbol type)
            {
                if (!CanBeSeen(type, withInternal))
                    continue;
                yield return type;
            }

            foreach (var nested in TypesIn(inner, withInternal))
                yield return nested;
        }
    }

    private static bool CanBeSeen(INamedTypeSymbol type, bool withInternal) => type.DeclaredAccessibility switch
    {
        Accessibility.Private => false,
        Accessibility.Internal or Accessibility.ProtectedAndInternal => withInternal,
        _ => true,
    };

    /// <summary>What a line of a file speaks of, wherever it is declared.</summary>
    private void AddStated(ISymbol symbol, AnnotationReader annotations)
    {
        if (symbol is INamedTypeSymbol type)
        {
            Add(type.Name);
            _guards.Add(type.Name);
            // A delegate is called by the names of variables.
            if (type.TypeKind == TypeKind.Delegate)
                AddCalled(type);
        }
        else
        {
            AddMember(symbol, symbol.ContainingType, annotations);
            if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor })
                AddCalled(symbol.ContainingType);
        }
    }

    private void AddCalled(INamedTypeSymbol type)
    {
        // What of the outside yields or takes the type, only its metadata would tell.
        if (type.DeclaringSyntaxReferences.IsEmpty)
            HasUnnamed = true;
        else
            _called.Add(type.Name);
    }

    /// <summary>Whether the type is a delegate with annotations.</summary>
    private bool AddType(INamedTypeSymbol type, Compilation compilation, AnnotationReader annotations)
    {
        if (annotations.Known.IsGuard(type))
            _guards.Add(type.Name);
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol or IPropertySymbol or IFieldSymbol && Matters(member, annotations))
            {
                AddMember(member, type, annotations);
                if (member is IMethodSymbol { MethodKind: MethodKind.Constructor } && compilation.IsSymbolAccessibleWithin(member, compilation.Assembly))
                    _called.Add(type.Name);
            }
        }

        var isDelegate = type.TypeKind == TypeKind.Delegate && !annotations.Of(type).IsEmpty;
        if (isDelegate)
            _called.Add(type.Name);
        return isDelegate;
    }

    private void AddMember(ISymbol member, INamedTypeSymbol type, AnnotationReader annotations)
    {
        var name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? type.Name : member.Name;
        var said = annotations.Of(member);
        if (said.IsOnlyRelations && SyntaxFacts.IsValidIdentifier(name) && !IsCalledByNoName(name))
            _related.Add(name);
        else
            Add(name);
        foreach (var term in said.Acquires.Concat(said.ExcludesOf(AnnotationTarget.Getter)).Concat(said.SetterExcludes))
            AddAcquiring(name, term.Mode == LockMode.Exclusive);
    }

    private void AddAcquiring(string name, bool isExclusive)
    {
        if (isExclusive || !_acquiring.ContainsKey(name))
            _acquiring[name] = isExclusive;
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
        else if (name == "this[]")
            HasIndexers = true;
        else if (!name.Contains('.'))
            HasUnnamed = true;
    }

    private static bool IsCalledByNoName(string name) => name.StartsWith("op_", StringComparison.Ordinal)
        || name is "this[]" or "GetEnumerator" or "GetAsyncEnumerator" or "MoveNext" or "MoveNextAsync" or "Current" or "Deconstruct" or "GetAwaiter";

    /// <summary>What one file declares that can matter, by syntax alone.</summary>
    private sealed class TreeNames
    {
        public HashSet<string> Annotated { get; } = [];
        public List<(string Name, bool IsExclusive)> Acquiring { get; } = [];
        public HashSet<string> GuardTypes { get; } = [];

        /// <summary>Types and aliases, with the names that their base lists or targets mention.</summary>
        public List<(string Name, string[] Bases)> Derived { get; } = [];

        /// <summary>Members, with the names that their types mention.</summary>
        public List<(string Name, string[] Types)> Typed { get; } = [];

        /// <summary>As <see cref="Typed"/>, with the names that parameters' types mention.</summary>
        public List<(string Name, string[] Types)> Taking { get; } = [];

        /// <summary>Delegates with annotations, and types whose constructors have some.</summary>
        public HashSet<string> CalledTypes { get; } = [];

        public bool HasUnnamed { get; private set; }

        public bool HasIndexers { get; private set; }

        public bool HasAliases { get; private set; }

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
                    var target = Identifiers(directive);
                    Derived.Add((alias.Name.Identifier.ValueText, target));
                    HasAliases |= Array.Exists(target, name => AttributeHashes.Contains(NameScanner.HashOf(name)));
                    break;
                case MethodDeclarationSyntax method:
                    Typed.Add((method.Identifier.ValueText, [.. Identifiers(method.ReturnType), .. OutTypes(method.ParameterList)]));
                    AddTaking(method.Identifier, method.ParameterList);
                    break;
                case ConstructorDeclarationSyntax constructor:
                    AddTaking(constructor.Identifier, constructor.ParameterList);
                    break;
                case DelegateDeclarationSyntax function:
                    AddTaking(function.Identifier, function.ParameterList);
                    break;
                case EventDeclarationSyntax changed:
                    Typed.Add((changed.Identifier.ValueText, Identifiers(changed.Type)));
                    break;
                case PropertyDeclarationSyntax property:
                    Typed.Add((property.Identifier.ValueText, Identifiers(property.Type)));
                    break;
                case BaseFieldDeclarationSyntax field:
                    foreach (var variable in field.Declaration.Variables)
                        Typed.Add((variable.Identifier.ValueText, Identifiers(field.Declaration.Type)));
                    break;
                case ParameterSyntax { Type: { } type, Parent.Parent: TypeDeclarationSyntax } parameter:
                    Typed.Add((parameter.Identifier.ValueText, Identifiers(type)));
                    break;
            }
        }

        private void AddTaking(SyntaxToken name, ParameterListSyntax parameters)
        {
            if (parameters.Parameters.Count > 0)
                Taking.Add((name.ValueText, Identifiers(parameters)));
        }

        private void AddAnnotated(AttributeSyntax attribute)
        {
            // A mode that is not written as such may be either.
            var acquires = NameOf(attribute) switch
            {
                "AcquiresLock" => Mode(attribute) is not "Shared",
                "ExcludesLock" => true,
                _ => default(bool?),
            };
            for (var owner = attribute.Parent?.Parent; owner is not null; owner = owner.Parent)
            {
                switch (owner)
                {
                    // What it says may be meant for the property; then for the type, which is what has a constructor with this parameter.
                    case ParameterSyntax { Parent.Parent: TypeDeclarationSyntax } parameter:
                        AddName(parameter.Identifier.ValueText, acquires);
                        break;
                    case BaseTypeDeclarationSyntax type:
                        GuardTypes.Add(type.Identifier.ValueText);
                        return;
                    case DelegateDeclarationSyntax function:
                        // The delegate is called by the names of variables.
                        CalledTypes.Add(function.Identifier.ValueText);
                        return;
                    case MethodDeclarationSyntax { Identifier.ValueText: var name }:
                        AddName(name, acquires);
                        return;
                    case ConstructorDeclarationSyntax constructor:
                        AddName(constructor.Identifier.ValueText, acquires);
                        // 'new(…)', ': this(…)' and ': base(…)' do not name it.
                        CalledTypes.Add(constructor.Identifier.ValueText);
                        return;
                    case PropertyDeclarationSyntax property:
                        AddName(property.Identifier.ValueText, acquires);
                        return;
                    case EventDeclarationSyntax changed:
                        AddName(changed.Identifier.ValueText, acquires);
                        return;
                    case FieldDeclarationSyntax field:
                        foreach (var variable in field.Declaration.Variables)
                            AddName(variable.Identifier.ValueText, acquires);
                        return;
                    case LocalFunctionStatementSyntax function:
                        AddName(function.Identifier.ValueText, acquires);
                        return;
                    case IndexerDeclarationSyntax:
                        HasIndexers = true;
                        return;
                    case LambdaExpressionSyntax:
                        Annotated.Add(NameOf(attribute));
                        Annotated.Add(NameOf(attribute) + "Attribute");
                        return;
                    case BaseMethodDeclarationSyntax:
                        HasUnnamed = true;
                        return;
                }
            }
        }

        private static string? Mode(AttributeSyntax attribute) =>
            attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression is MemberAccessExpressionSyntax mode ? mode.Name.Identifier.ValueText : null;

        private void AddName(string name, bool? acquires)
        {
            if (acquires is { } isExclusive)
                Acquiring.Add((name, isExclusive));
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
