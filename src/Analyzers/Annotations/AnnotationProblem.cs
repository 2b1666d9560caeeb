namespace NamespaceLocking.Analyzers.Annotations;

/// <summary>Why an annotation means nothing: the value at fault, what is wrong with it, and what to write instead.</summary>
internal sealed record AnnotationProblem(string Value, string Wrong, string Advice);
