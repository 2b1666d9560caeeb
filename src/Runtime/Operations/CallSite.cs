using System.Diagnostics;

namespace NamespaceLocking;

/// <summary>Where in other people's code this library was called.</summary>
internal static class CallSite
{
    private static readonly string Library = typeof(CallSite).Assembly.GetName().Name!;

    /// <summary>The method, with file and line where there are symbols; null where the stack does not tell.</summary>
    internal static string? Find()
    {
        foreach (var frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            // Says what there is to say without reflection, and so in trimmed programs as well.
            if (DiagnosticMethodInfo.Create(frame) is not { } method || IsOurs(method))
                continue;
            var place = Describe(method.DeclaringTypeName ?? "", method.Name);
            return frame.GetFileName() is { } file ? $"{place} ({Path.GetFileName(file)}:{frame.GetFileLineNumber()})" : place;
        }
        return null;
    }

    /// <summary>The compiler makes a type of each asynchronous method, and of the lambdas of a type: their names are in pointed brackets.</summary>
    internal static string Describe(string type, string method)
    {
        if (method == "MoveNext" && type.LastIndexOf("+<", StringComparison.Ordinal) is >= 0 and var start
            && type.IndexOf('>', start) is >= 0 and var end)
        {
            (type, method) = (type[..start], type[(start + 2)..end]);
        }
        return $"{type.Replace("+<>c", "", StringComparison.Ordinal)}.{method}";
    }

    // The runtime's own frames lie between ours where an asynchronous method starts.
    private static bool IsOurs(DiagnosticMethodInfo method) =>
        method.DeclaringAssemblyName is not { } assembly
        || assembly.Split(',')[0] is var name && (name == Library || name == "System.Private.CoreLib");
}
