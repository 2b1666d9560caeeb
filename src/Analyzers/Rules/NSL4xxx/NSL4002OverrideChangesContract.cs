using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using NamespaceLocking.Analyzers.Annotations;

namespace NamespaceLocking.Analyzers.Rules.NSL4xxx;

/// <summary>A member of which callers who know its base or its interface believe something else.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NSL4002OverrideChangesContract : DeclarationAnalyzer
{
    /// <summary>For the compiler, which makes one.</summary>
    public NSL4002OverrideChangesContract()
        : base(Descriptors.NSL4002OverrideChangesContract)
    {
    }

    private protected override void Start(CompilationStartAnalysisContext start, AnnotationReader annotations)
    {
        start.RegisterSymbolAction(
            context =>
            {
                if (Find(context.Symbol, annotations, context.Compilation) is { } diagnostic)
                    context.ReportDiagnostic(diagnostic);
            },
            SymbolKind.Method,
            SymbolKind.Property);
        var reported = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        start.RegisterSymbolAction(
            context =>
            {
                var type = (INamedTypeSymbol)context.Symbol;
                foreach (var (member, implemented) in InheritedImplementations(type, annotations.Names))
                {
                    if (Find(member, [implemented], type, annotations, context.Compilation) is { } diagnostic && reported.TryAdd(member, true))
                        context.ReportDiagnostic(diagnostic);
                }
            },
            SymbolKind.NamedType);
    }

    /// <summary>The members of bases that implement an interface which only this type has.</summary>
    private static IEnumerable<(ISymbol Member, ISymbol Implemented)> InheritedImplementations(INamedTypeSymbol type, AnnotatedNames names)
    {
        if (type.TypeKind != TypeKind.Class || type.Interfaces.IsEmpty || type.BaseType is not { SpecialType: SpecialType.None } baseType)
            yield break;
        foreach (var member in type.AllInterfaces.Except(baseType.AllInterfaces, SymbolEqualityComparer.Default).SelectMany(implemented => ((INamedTypeSymbol)implemented!).GetMembers()))
        {
            if (names.Contains(member.Name) && type.FindImplementationForInterfaceMember(member)?.OriginalDefinition is { } implementation
                && !KnownSymbols.Same(implementation.ContainingType, type) && implementation.Locations[0].IsInSource
                && KnownSymbols.Same(implementation.ContainingAssembly, type.ContainingAssembly))
            {
                yield return (implementation, member);
            }
        }
    }

    /// <summary>What the member itself changes of what it overrides or implements; null where that is nothing.</summary>
    internal static Diagnostic? Find(ISymbol member, AnnotationReader annotations, Compilation compilation) => annotations.Names.MayBeAnnotated(member)
        ? Find(member, AnnotationReader.Overridden(member), member.ContainingType, annotations, compilation)
        : null;

    private static Diagnostic? Find(ISymbol member, IEnumerable<ISymbol> allOverridden, INamedTypeSymbol type, AnnotationReader annotations, Compilation compilation)
    {
        // An annotation that names nothing is a mistake of its own, and the rest is not what was meant. Of two parts of a member one is enough.
        if (member is IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) }
            || member is IMethodSymbol { PartialDefinitionPart: not null } or IPropertySymbol { PartialDefinitionPart: not null }
            || annotations.Own(AnnotationReader.Definition(member)) is not { IsEmpty: false } own || HasProblem(member, annotations))
        {
            return null;
        }

        var comparison = new OverrideComparison(annotations.Known, type);
        foreach (var overridden in allOverridden)
        {
            if (!HasProblem(overridden, annotations) && comparison.Find(member, own, overridden, annotations.Of(overridden)) is { } difference)
                return About(member, own, overridden, Stating(overridden, annotations), difference, compilation);
        }

        return null;
    }

    private static bool HasProblem(ISymbol member, AnnotationReader annotations)
    {
        var definition = AnnotationReader.Definition(member);
        return annotations.Stated(definition).Any(stated => annotations.Problem(stated, definition) is not null);
    }

    /// <summary>Where that is said which a member inherits.</summary>
    private static ISymbol Stating(ISymbol member, AnnotationReader annotations)
    {
        while (annotations.Own(AnnotationReader.Definition(member)).IsEmpty
            && AnnotationReader.Overridden(member).OrderBy(overridden => annotations.Of(overridden).IsEmpty).FirstOrDefault() is { } overridden)
        {
            member = overridden;
        }

        return member;
    }

    /// <param name="stating">Where the same would have to be said.</param>
    private static Diagnostic About(ISymbol member, MemberAnnotations own, ISymbol overridden, ISymbol stating, OverrideDifference difference, Compilation compilation)
    {
        var lockText = $"{difference.Term.Mode.Text()} lock on '{AnnotationText.Path(difference.Term.Namespace, difference.AsksMore ? member : overridden)}'";
        var (says, baseSays) = difference.Kind switch
        {
            AnnotationKind.RequiresLock => ($"requires the {lockText}", "does not"),
            AnnotationKind.ExcludesLock => ($"must not be called under a lock on '{AnnotationText.Path(difference.Term.Namespace, member)}'", "does not say so"),
            AnnotationKind.AcquiresLock => ("promises less", $"promises a guard that holds the {lockText}"),
            _ => ("promises less", $"asserts the {lockText}"),
        };
        var onBase = difference.Parameter is { } parameter
            ? own.Parameter(parameter).Requires.Select(term => $"param {LockPath.Parameters(stating)[parameter].Name}: {AnnotationText.Of(difference.Kind, term, stating)}")
            : OfKind(own, difference).Select(term => AccessorOf(member, stating, difference) + AnnotationText.Of(difference.Kind, term, stating));
        var properties = ImmutableDictionary<string, string?>.Empty
            .Add(DiagnosticProperties.Declaration, DocumentationCommentId.CreateDeclarationId(stating.OriginalDefinition));
        properties = properties.Add(DiagnosticProperties.Annotations, string.Join("\n", onBase));
        // The source of another project is not this compilation's to point at.
        var places = stating.Locations.Where(location => location.IsInSource && compilation.ContainsSyntaxTree(location.SourceTree));
        return Diagnostic.Create(Descriptors.NSL4002OverrideChangesContract, member.Locations[0], places, properties,
            $"{member.ContainingType.Name}.{NameOf(member)}", says, $"{overridden.ContainingType.Name}.{NameOf(overridden)}", baseSays);
    }

    /// <summary>An explicit implementation is known by the name of what it implements.</summary>
    private static string NameOf(ISymbol member) => member.Name.Substring(member.Name.LastIndexOf('.') + 1);

    /// <summary>The accessor of a property that has two, where only that one is to say the same, as <c>get: </c> or <c>set: </c>.</summary>
    private static string AccessorOf(ISymbol member, ISymbol stating, OverrideDifference difference)
    {
        if (!difference.AsksMore || member is not IPropertySymbol property || stating is not IPropertySymbol { GetMethod: not null, SetMethod: not null })
            return "";
        var only = property.SetMethod is null ? AnnotationTarget.Getter : property.GetMethod is null ? AnnotationTarget.Setter : default(AnnotationTarget?);
        return (difference.Accessor ?? only) switch
        {
            AnnotationTarget.Getter => "get: ",
            AnnotationTarget.Setter => "set: ",
            _ => "",
        };
    }

    private static ImmutableArray<LockTerm> OfKind(MemberAnnotations annotations, OverrideDifference difference) => (difference.Kind, difference.Accessor) switch
    {
        (AnnotationKind.RequiresLock, AnnotationTarget.Getter) => annotations.GetterRequires,
        (AnnotationKind.RequiresLock, AnnotationTarget.Setter) => annotations.SetterRequires,
        (AnnotationKind.RequiresLock, _) => annotations.Requires,
        (AnnotationKind.ExcludesLock, AnnotationTarget.Getter) => annotations.GetterExcludes,
        (AnnotationKind.ExcludesLock, AnnotationTarget.Setter) => annotations.SetterExcludes,
        (AnnotationKind.ExcludesLock, _) => annotations.Excludes,
        (AnnotationKind.AcquiresLock, _) => annotations.Acquires,
        _ => annotations.Asserts,
    };
}
