using System.Text;

namespace NamespaceLocking;

/// <summary>A path as one name, by the rules of systemd's unit names (systemd.unit(5), "string escaping for inclusion in unit names").</summary>
internal static class UnitName
{
    /// <summary>Makes <c>vm-2022\x2d05</c> of <c>vm/2022-05</c>. The path is relative and ASCII.</summary>
    internal static string Escape(string path)
    {
        var result = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c == '/')
                result.Append('-');
            else if (char.IsAsciiLetterOrDigit(c) || c == '_' || (c == '.' && i > 0))
                result.Append(c);
            else
                result.Append($"\\x{(int)c:x2}");
        }
        return result.ToString();
    }
}
