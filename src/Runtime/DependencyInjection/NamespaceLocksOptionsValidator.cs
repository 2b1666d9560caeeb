using Microsoft.Extensions.Options;

namespace NamespaceLocking;

/// <summary>Tells at the start what would fail at the first request.</summary>
internal sealed class NamespaceLocksOptionsValidator : IValidateOptions<NamespaceLocksOptions>
{
    public ValidateOptionsResult Validate(string? name, NamespaceLocksOptions options)
    {
        List<string> errors = [.. FindErrors(options)];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> FindErrors(NamespaceLocksOptions options)
    {
        const string Directory = nameof(NamespaceLocksOptions.Directory);
        const string IsInProcess = nameof(NamespaceLocksOptions.IsInProcess);
        if (options.Files is null)
            yield return $"{nameof(NamespaceLocksOptions.Files)} is null: leave it as it is for the defaults.";
        else if (options.Files.FindError() is { } error)
            yield return $"{nameof(NamespaceLocksOptions.Files)}.{error}";
        if (options.IsInProcess)
        {
            if (options.Directory is not null)
                yield return $"{Directory} is set, but {IsInProcess} says that there are no lock files: set one of them.";
            yield break;
        }
        if (string.IsNullOrEmpty(options.Directory))
            yield return $"{Directory} is missing: set it to the absolute path of the lock directory, or set {IsInProcess}.";
        else if (options.Directory.Contains('\0') || !Path.IsPathFullyQualified(options.Directory))
            yield return $"{Directory} is {Quoted.Path(options.Directory)}, which is not an absolute path.";
        if (!OperatingSystem.IsLinux())
            yield return $"Lock files need Linux: elsewhere, set {IsInProcess}.";
    }
}
