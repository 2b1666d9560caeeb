using System.Text;

namespace NamespaceLocking.Analyzers.Annotations.Files;

/// <summary>Reads an attribute as C# writes it: <c>RequiresLock(LockMode.Exclusive, "ns", Store = "this")</c>.</summary>
internal sealed class AttributeReader
{
    private readonly string _text;
    private int _at;
    private AnnotationProblem? _problem;
    private LockMode? _mode;
    private bool _saysNamespace;
    private string? _namespace;
    private string? _store;

    private AttributeReader(string text) => _text = text;

    /// <summary>Null, with the problem, where it cannot be read.</summary>
    public static AttributeText? Read(string text, out AnnotationProblem? problem)
    {
        var reader = new AttributeReader(text);
        var result = reader.Read();
        problem = reader._problem;
        return problem is null ? result : null;
    }

    private AttributeText? Read()
    {
        var name = DottedName();
        if (KindOf(name) is not { } kind)
            return Fail<AttributeText>(_text, "is no annotation of locks", "write one of " + string.Join(", ", AnnotationKinds.All));
        if (Take('('))
        {
            var position = 0;
            while (!Take(')'))
            {
                if (position > 0 && !Take(','))
                    return Fail<AttributeText>(_text, "does not end its arguments", "separate them with ',' and close them with ')'");
                if (!Argument(kind, position++))
                    return null;
            }
        }

        SkipBlanks();
        if (_at < _text.Length)
            return Fail<AttributeText>(_text.Substring(_at), "follows the annotation", "write one annotation a line, as in source but without the brackets");
        if (kind.HasMode() && _mode is null)
            return Fail<AttributeText>(_text, "says no mode", $"write {kind}(LockMode.Shared, …) or {kind}(LockMode.Exclusive, …)");
        if (kind.HasNamespace() && kind != AnnotationKind.RequiresLock && !_saysNamespace)
            return Fail<AttributeText>(_text, "names no namespace", "add the path to it, such as \"ns\" or \"this.Namespace\"");
        return new AttributeText(kind, _mode, _saysNamespace, _namespace, _store);
    }

    private static AnnotationKind? KindOf(string name)
    {
        name = WithoutPrefix(name, "NamespaceLocking.");
        if (name.EndsWith("Attribute", StringComparison.Ordinal))
            name = name.Substring(0, name.Length - "Attribute".Length);
        foreach (var kind in AnnotationKinds.All)
        {
            if (kind.ToString() == name)
                return kind;
        }

        return null;
    }

    private bool Argument(AnnotationKind kind, int position)
    {
        var before = _at;
        var name = DottedName();
        var isNamed = name.Length > 0 && (Take(':') || Take('='));
        if (!isNamed)
        {
            name = position == 0 && kind.HasMode() ? "mode" : "ns";
            _at = before;
        }

        switch (name)
        {
            case "mode" when kind.HasMode() && _mode is null:
                return Mode();
            case "ns" when kind.HasNamespace() && !_saysNamespace:
                _saysNamespace = true;
                return Text(out _namespace);
            case "Store" when isNamed && kind.HasStore():
                return Text(out _store);
        }

        Fail<object>(isNamed ? name : _text.Substring(before).Trim(), $"is no argument of {kind}", "write its arguments as in source");
        return false;
    }

    private bool Mode()
    {
        var name = WithoutPrefix(DottedName(), "NamespaceLocking.");
        _mode = name switch
        {
            "LockMode.Shared" => LockMode.Shared,
            "LockMode.Exclusive" => LockMode.Exclusive,
            _ => null,
        };
        if (_mode is null)
            Fail<object>(name.Length == 0 ? _text.Substring(_at) : name, "is no mode of a lock", "write LockMode.Shared or LockMode.Exclusive");
        return _mode is not null;
    }

    /// <summary>A string, or a <c>nameof</c>, which stands for the last of its names.</summary>
    private bool Text(out string? value)
    {
        value = null;
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == '"')
            return Literal(out value);
        var name = DottedName();
        if (name == "nameof" && Take('('))
        {
            var path = DottedName();
            value = path.Substring(path.LastIndexOf('.') + 1);
            if (Take(')'))
                return true;
        }
        else if (name == "null")
        {
            return true;
        }

        Fail<object>(_text, "has something other than a path in quotation marks", "write it as in source: \"ns\" or nameof(ns)");
        return false;
    }

    private bool Literal(out string? value)
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '"')
            {
                _at++;
                value = text.ToString();
                return true;
            }

            text.Append(_text[_at]);
        }

        value = null;
        Fail<object>(_text, "does not end its text", "close it with a quotation mark");
        return false;
    }

    private string DottedName()
    {
        SkipBlanks();
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.' or '@'))
            _at++;
        return _text.Substring(start, _at - start).Replace("@", "");
    }

    private bool Take(char expected)
    {
        SkipBlanks();
        if (_at >= _text.Length || _text[_at] != expected)
            return false;
        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private T? Fail<T>(string value, string wrong, string advice)
        where T : class
    {
        _problem ??= new AnnotationProblem(value.Length == 0 ? _text : value, wrong, advice);
        return null;
    }

    private static string WithoutPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text.Substring(prefix.Length) : text;
}
