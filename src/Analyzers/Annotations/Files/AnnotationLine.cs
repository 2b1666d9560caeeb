namespace NamespaceLocking.Analyzers.Annotations.Files;

/// <summary>A line of <c>LockAnnotations.txt</c>: what it says of whom, or why it cannot be read.</summary>
/// <param name="Start">Where the line's text begins in the file.</param>
/// <param name="Text">The line without the blanks around it.</param>
/// <param name="Member">The documentation-comment id.</param>
/// <param name="Target">What of the member it speaks of.</param>
/// <param name="Parameter">The parameter's name, where it speaks of one.</param>
/// <param name="Attribute">Null where the line cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record AnnotationLine(
    int Start, string Text, string Member, AnnotationTarget Target, string? Parameter, AttributeText? Attribute, AnnotationProblem? Problem);

/// <summary>An attribute, written as in source.</summary>
/// <param name="Namespace">The path to the namespace; it may be written and null.</param>
/// <param name="SaysNamespace">Whether a namespace is written at all.</param>
/// <param name="Store">The path to the store; null where none is written.</param>
internal sealed record AttributeText(AnnotationKind Kind, LockMode? Mode, bool SaysNamespace, string? Namespace, string? Store);
