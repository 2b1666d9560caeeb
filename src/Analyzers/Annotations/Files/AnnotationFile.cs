namespace NamespaceLocking.Analyzers.Annotations.Files;

/// <summary>Reads <c>LockAnnotations.txt</c>: one a line, a documentation-comment id, <c>;</c>, an attribute as it would be written in source.</summary>
/// <remarks>Knows no compilation: whether what a line names is there is for others to find out.</remarks>
internal static class AnnotationFile
{
    public const string Name = "LockAnnotations.txt";

    public static IEnumerable<AnnotationLine> Parse(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOfAny(['\r', '\n'], start);
            if (end < 0)
                end = text.Length;
            var line = text.Substring(start, end - start);
            if (line.Trim().Length > 0 && line[0] != '#')
                yield return ParseLine(start + line.Length - line.TrimStart().Length, line.Trim());
            start = end + 1;
        }
    }

    private static AnnotationLine ParseLine(int start, string line)
    {
        var semicolon = line.IndexOf(';');
        if (semicolon < 0)
            return Unread(new AnnotationProblem(line, "has no ';' between a member and its annotation", "write 'M:Some.Api.Delete(NamespaceLocking.BackupNamespace);RequiresLock(LockMode.Exclusive, \"ns\")'"));
        var member = line.Substring(0, semicolon).TrimEnd();
        if (member.Length < 3 || member[1] != ':' || "TMPF".IndexOf(member[0]) < 0)
            return Unread(new AnnotationProblem(member, "is no documentation-comment id", "begin with 'T:', 'M:', 'P:' or 'F:' and the full name, of a method with the types of its parameters"));

        var rest = line.Substring(semicolon + 1).Trim();
        var target = AnnotationTarget.Member;
        string? parameter = null;
        // The colon of 'return:' and 'param x:' stands before anything that may have one of its own.
        var colon = rest.IndexOf(':');
        var head = colon < 0 ? "" : rest.Substring(0, colon).TrimEnd();
        if (head == "return")
        {
            target = AnnotationTarget.Return;
        }
        else if (head.StartsWith("param ", StringComparison.Ordinal) && head.IndexOf('(') < 0)
        {
            target = AnnotationTarget.Parameter;
            parameter = head.Substring("param ".Length).Trim().TrimStart('@');
        }

        if (target != AnnotationTarget.Member)
            rest = rest.Substring(colon + 1).Trim();
        var attribute = AttributeReader.Read(rest, out var problem);
        return new AnnotationLine(start, line, member, target, parameter, attribute, problem);

        AnnotationLine Unread(AnnotationProblem why) => new(start, line, "", AnnotationTarget.Member, null, null, why);
    }
}
