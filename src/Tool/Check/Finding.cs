namespace NamespaceLocking.Tool;

internal enum Severity
{
    /// <summary>How it is, and nothing to do.</summary>
    Info,

    /// <summary>It works, but may not be what was meant.</summary>
    Warning,

    /// <summary>Locks fail, or do not keep others out.</summary>
    Problem,
}

/// <summary>What a check says.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">The same for the same finding, for scripts.</param>
/// <param name="Path">Where.</param>
/// <param name="Message">What it is, and what to do.</param>
internal sealed record Finding(Severity Severity, string Code, string Path, string Message);
