namespace NamespaceLocking.Analyzers.Rules;

/// <summary>What a diagnostic tells the fixes, so that they need not find it out again.</summary>
internal static class DiagnosticProperties
{
    /// <summary>The stronger of the modes that are needed: <c>Shared</c> or <c>Exclusive</c>.</summary>
    public const string Mode = nameof(Mode);

    /// <summary>The namespaces that are needed, as expressions at the place, one a line.</summary>
    public const string Namespaces = nameof(Namespaces);

    /// <summary>The modes that are needed, one a line, in the order of the namespaces.</summary>
    public const string Modes = nameof(Modes);

    /// <summary>Attributes to write at a declaration, without brackets, one a line; behind <c>param NAME: </c> one that goes on a parameter.</summary>
    public const string Annotations = nameof(Annotations);

    /// <summary>The documentation-comment id of the member to write them at, where that is another one than the diagnostic sits on.</summary>
    public const string Declaration = nameof(Declaration);
}
