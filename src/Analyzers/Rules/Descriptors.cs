using Microsoft.CodeAnalysis;

namespace NamespaceLocking.Analyzers.Rules;

/// <summary>The rules: ids, titles and messages. A file a thousand.</summary>
internal static partial class Descriptors
{
    private const string HelpPages = "https://github.com/namespacelocking/namespacelocking/blob/main/docs/rules/";

    private static DiagnosticDescriptor Rule(string id, string title, string messageFormat, string category, string description) =>
        new(id, title, messageFormat, category, DiagnosticSeverity.Warning, isEnabledByDefault: true, description,
            helpLinkUri: HelpPages + id + ".md");
}
