using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NamespaceLocking.Analyzers.Annotations.Files;

/// <summary>What the files of annotations say of the symbols of a compilation, and which of their lines say nothing.</summary>
internal sealed class StatedInFiles
{
    private readonly Dictionary<ISymbol, List<StatedAnnotation>> _stated = new(SymbolEqualityComparer.Default);
    private readonly List<(Location Line, AnnotationProblem Problem)> _problems = [];

    public static StatedInFiles Read(ImmutableArray<AdditionalText> files, Compilation compilation, CancellationToken cancellationToken)
    {
        var result = new StatedInFiles();
        foreach (var file in files)
        {
            if (IsOne(file) && file.GetText(cancellationToken) is { } text)
                result.Add(file.Path, text, compilation);
        }

        return result;
    }

    public static bool IsOne(AdditionalText file) => string.Equals(Path.GetFileName(file.Path), AnnotationFile.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The members and types that some line speaks of.</summary>
    public IReadOnlyCollection<ISymbol> Symbols => _stated.Keys;

    /// <summary>The lines that cannot be read, or speak of nothing that is there.</summary>
    public IReadOnlyList<(Location Line, AnnotationProblem Problem)> Problems => _problems;

    public IReadOnlyList<StatedAnnotation> Of(ISymbol definition) => _stated.TryGetValue(definition, out var stated) ? stated : [];

    public ImmutableHashSet<ISymbol> Guards => _stated
        .Where(pair => pair.Value.Any(stated => stated.Kind == AnnotationKind.LockGuard))
        .Select(pair => pair.Key)
        .ToImmutableHashSet<ISymbol>(SymbolEqualityComparer.Default);

    private void Add(string path, SourceText text, Compilation compilation)
    {
        foreach (var line in AnnotationFile.Parse(text.ToString()))
        {
            var span = new TextSpan(line.Start, line.Text.Length);
            var location = Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
            if ((line.Problem ?? Bind(line, location, compilation)) is { } problem)
                _problems.Add((location, problem));
        }
    }

    private AnnotationProblem? Bind(AnnotationLine line, Location location, Compilation compilation)
    {
        var attribute = line.Attribute!;
        var symbols = DocumentationCommentId.GetSymbolsForDeclarationId(line.Member, compilation);
        if (symbols.IsEmpty)
            return new AnnotationProblem(line.Member, "names nothing in this compilation and its references", "write the id as in the documentation file, with namespaces and the types of the parameters");
        foreach (var symbol in symbols.Select(AnnotationReader.Definition))
        {
            var parameter = line.Parameter is null ? -1 : LockPath.Parameters(symbol).FirstOrDefault(candidate => candidate.Name == line.Parameter)?.Ordinal ?? -1;
            if (line.Parameter is not null && parameter < 0)
                return new AnnotationProblem(line.Parameter, $"is no parameter of '{symbol.Name}'", Parameters(symbol));
            if (AnnotationPlaces.Problem(attribute.Kind, line.Target, symbol) is { } misplaced)
                return misplaced;
            if (!_stated.TryGetValue(symbol, out var stated))
                _stated.Add(symbol, stated = []);
            stated.Add(new StatedAnnotation(attribute.Kind, line.Target, parameter, attribute.Mode, attribute.SaysNamespace, attribute.Namespace,
                attribute.Store is not null, attribute.Store, null, location));
        }

        return null;
    }

    private static string Parameters(ISymbol symbol)
    {
        var names = LockPath.Parameters(symbol).Select(parameter => $"'{parameter.Name}'").ToArray();
        return names.Length == 0 ? "it has none" : "it has " + string.Join(", ", names);
    }
}
