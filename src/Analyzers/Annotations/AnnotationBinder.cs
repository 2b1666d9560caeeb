using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>Binds what an annotation says to the member that carries it, or tells why it means nothing there.</summary>
internal sealed class AnnotationBinder(Compilation compilation, KnownSymbols known, Func<ITypeSymbol, bool> isStore)
{
    private readonly PathBinder _paths = new(compilation);

    public LockTerm? Term(StatedAnnotation stated, ISymbol member, out AnnotationProblem? problem)
    {
        var mode = stated.Mode ?? (stated.Kind == AnnotationKind.ExcludesLock ? LockMode.Exclusive : LockMode.Shared);
        if (mode is not (LockMode.Shared or LockMode.Exclusive))
        {
            problem = new AnnotationProblem(mode.ToString(), "is no mode of a lock", "write LockMode.Shared or LockMode.Exclusive");
            return null;
        }

        var path = stated.SaysNamespace
            ? Namespace(stated, member, out problem)
            : DefaultNamespace(stated, member, out problem);
        if (path is null)
            return null;
        var store = stated.SaysStore ? Store(stated, member, out problem) : DefaultStore(member);
        return problem is null ? new LockTerm(mode, path, store, stated.Source is { } source && compilation.ContainsSyntaxTree(source.SyntaxTree) ? source : null) : null;
    }

    public RelationTerm? Relation(StatedAnnotation stated, ISymbol member, out AnnotationProblem? problem)
    {
        if (Namespace(stated, member, out problem) is not { } path)
            return null;
        var store = stated.SaysStore ? Store(stated, member, out problem) : null;
        var relation = stated.Kind switch
        {
            AnnotationKind.DescendantOf => Annotations.Relation.Below,
            AnnotationKind.AncestorOf => Annotations.Relation.Above,
            _ => Annotations.Relation.Same,
        };
        return problem is null ? new RelationTerm(relation, path, store) : null;
    }

    private LockPath? Namespace(StatedAnnotation stated, ISymbol member, out AnnotationProblem? problem)
    {
        var path = _paths.Bind(stated.Namespace, member, out problem, WrittenTo(stated, member));
        if (path?.Type is null or IErrorTypeSymbol || known.IsNamespace(path.Type))
            return path;
        // Where a value lies may be said by way of whatever has a namespace; a lock is on the namespace itself.
        var own = known.NamespaceProperty(path.Type);
        if (own is not null && stated.Kind.IsRelation())
            return path;
        problem = new AnnotationProblem(path.Text, $"is of type '{TypeName(path)}', which is no namespace",
            own is null ? "name something of type BackupNamespace" : $"write '{path.Text}.{own.Name}'");
        return null;
    }

    private LockPath? Store(StatedAnnotation stated, ISymbol member, out AnnotationProblem? problem)
    {
        var path = _paths.BindStore(stated.Store, member, out problem, WrittenTo(stated, member));
        if (path?.Type is null or IErrorTypeSymbol || CanBeStore(path.Type))
            return path;
        problem = new AnnotationProblem(path.Text, $"is of type '{TypeName(path)}', which is no store", "name the object that grants the locks");
        return null;
    }

    /// <summary>The parameter <c>value</c>, where the annotation speaks of a setter alone.</summary>
    private static IParameterSymbol? WrittenTo(StatedAnnotation stated, ISymbol member) =>
        member is IPropertySymbol { SetMethod: { Parameters: var parameters } } property
        && (stated.Target == AnnotationTarget.Setter || (stated.Target == AnnotationTarget.Member && property.GetMethod is null))
            ? parameters[parameters.Length - 1]
            : null;

    /// <summary>A store is told from others by its identity or its name: a namespace, a guard, a number or a function is none.</summary>
    private bool CanBeStore(ITypeSymbol type) =>
        !known.IsNamespace(type)
        && type.TypeKind is not (TypeKind.Enum or TypeKind.Delegate)
        && type.SpecialType is SpecialType.None or SpecialType.System_String or SpecialType.System_Object
        && (!known.IsGuard(type) || isStore(type));

    /// <summary>The one parameter that is a namespace or, where there is none, the guard parameter's or this object's own.</summary>
    private LockPath? DefaultNamespace(StatedAnnotation stated, ISymbol member, out AnnotationProblem? problem)
    {
        problem = null;
        var parameters = LockPath.Parameters(member);
        var namespaces = parameters.Where(parameter => known.IsNamespace(parameter.Type)).ToArray();
        if (namespaces.Length == 1)
            return LockPath.OfParameter(namespaces[0]);
        if (namespaces.Length > 1)
        {
            problem = new AnnotationProblem(stated.Kind.ToString(), $"leaves open which of {string.Join(", ", namespaces.Select(parameter => $"'{parameter.Name}'"))} is meant",
                $"name it: [{stated.Kind}(LockMode.{stated.Mode}, nameof({namespaces[0].Name}))]");
            return null;
        }

        var guard = stated.Target == AnnotationTarget.Parameter ? parameters.ElementAtOrDefault(stated.Parameter) : null;
        var path = _paths.Bind(guard is null ? "this.Namespace" : guard.Name + ".Namespace", member, out var unbound);
        if (path is null && unbound is null || path is { Type: null or IErrorTypeSymbol } || known.IsNamespace(path?.Type))
            return path;
        problem = new AnnotationProblem(stated.Kind.ToString(), "names no namespace, and there is no parameter and no property 'Namespace' to mean", "say which: the path is the last argument");
        return null;
    }

    private LockPath? DefaultStore(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor } || member.IsStatic || member.ContainingType is not { } type || !isStore(type)
            ? null
            : LockPath.OfThis(type);

    private static string TypeName(LockPath path) => path.Type!.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
