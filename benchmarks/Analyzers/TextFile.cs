using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NamespaceLocking.Analyzers.Benchmarks;

/// <summary>A file beside the code, such as <c>LockAnnotations.txt</c>.</summary>
internal sealed class TextFile(string path) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path), System.Text.Encoding.UTF8);
}
