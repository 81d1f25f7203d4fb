using LlmKick.Harness.Functions;
using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;
using LlmKick.Harness.Yaml;
using LlmKick.Sdk;
using LlmKick.Sdk.Templates;

namespace LlmKick.Harness.Definitions;

/// <summary>What a row's texts are made of: columns, templates, numbers, lists, or functions that exist here by name.</summary>
internal sealed class DocFields
{
    private static readonly TemplateOptions Jinja = TemplateOptions.Plain with
    {
        Undefined = UndefinedKind.Strict,
        KeepTrailingNewline = true,
        Sandbox = SandboxKind.Immutable,
        Filters = new Dictionary<string, TemplateFilter> { ["regex_replace"] = Replace },
    };

    private readonly TaskFile file;
    private readonly string task;
    private readonly string prefix;
    private readonly Dictionary<string, object?> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Template> templates = new(StringComparer.Ordinal);

    /// <summary>Reads the fields of a file, or of a map inside that stands over them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="task">The task's name.</param>
    /// <param name="inner">The map's key, or null.</param>
    /// <exception cref="LlmKickException">A value is of a wrong kind, or no template.</exception>
    public DocFields(TaskFile file, string task, string? inner = null)
    {
        (this.file, this.task, prefix) = (file, task, inner ?? "");
        var over = inner is null ? null : file.Values.GetValueOrDefault(inner) as IReadOnlyDictionary<string, object?>;
        foreach (var key in new[] { "doc_to_text", "doc_to_target", "doc_to_choice", "gen_prefix" })
        {
            var value = over?.GetValueOrDefault(key) ?? file.Values.GetValueOrDefault(key);
            fields[key] = value;
            if (value is FunctionName function && !NamedFunctions.Knows(task, key, function.Name))
                throw NamedFunctions.Refusal(file, key, function.Name);
            if (value is string text && text.Contains('{', StringComparison.Ordinal))
                _ = Parse(key, text);
        }
        if (fields["doc_to_text"] is not (null or string or long or FunctionName))
            throw Fault("doc_to_text", "give a column, a template or a number.");
        if (fields["doc_to_target"] is not (null or string or long or FunctionName or IReadOnlyList<object?>))
            throw Fault("doc_to_target", "give a column, a template, a number or a list.");
        if (fields["doc_to_choice"] is not (null or string or FunctionName or IReadOnlyList<object?>
            or IReadOnlyDictionary<string, object?>))
            throw Fault("doc_to_choice", "give a column, a template, a list or a map.");
        if (fields["gen_prefix"] is not (null or string))
            throw Fault("gen_prefix", "give a text, a template or a column.");
    }

    /// <summary>Whether there are choices.</summary>
    public bool HasChoices => fields["doc_to_choice"] is not null;

    /// <summary>What is asked: a text, or the place of the right context among the choices.</summary>
    public object? Text(Row row) => Value("doc_to_text", row) is var value && value is string words && HasChoices ? Index(words) : value;

    /// <summary>The right answer: a text, a number or a list.</summary>
    public object? Target(Row row)
    {
        var isTemplate = fields["doc_to_target"] is string given && !row.Has(given);
        var value = Value("doc_to_target", row);
        if (!isTemplate || value is not string text)
            return value;
        if (HasChoices && Index(text) is long place)
            return place;
        return text is ['[', .., ']'] && PythonLiteral.TryRead(text, out var list) ? list : text;
    }

    /// <summary>The right answer where it is written in the file as it stands, the same for all rows; null where rows or a template
    /// give it.</summary>
    public string? ConstantTarget(IReadOnlyList<Row> rows) => fields["doc_to_target"] is string { Length: > 0 } text
        && !text.Contains('{', StringComparison.Ordinal) && rows.All(row => !row.Has(text)) ? text : null;

    /// <summary>The choices.</summary>
    /// <exception cref="LlmKickException">They are no list of texts.</exception>
    public IReadOnlyList<string> Choices(Row row)
    {
        var value = fields["doc_to_choice"] switch
        {
            IReadOnlyDictionary<string, object?> map => map.Values.ToList(),
            IReadOnlyList<object?> list => list,
            string text when !row.Has(text) => PythonLiteral.TryRead(Render("doc_to_choice", text, row), out var list) ? list : null,
            _ => Value("doc_to_choice", row),
        };
        return value switch
        {
            IReadOnlyList<object?> { Count: > 0 } list => [.. list.Select(PythonText.Str)],
            IReadOnlyDictionary<string, object?> { Count: > 0 } map => [.. map.Values.Select(PythonText.Str)],
            _ => throw Fault("doc_to_choice", $"it gives no list of choices at {row.Place}; let it print a list such as ['yes', 'no'], or "
                + $"name a column that holds one."),
        };
    }

    /// <summary>What the answer begins with, or null.</summary>
    public string? Prefix(Row row) => Value("gen_prefix", row) is { } prefix ? PythonText.Str(prefix) : null;

    /// <summary>Renders a template that stands under a key.</summary>
    public string Render(string key, string template, Row row)
    {
        try
        {
            return Parse(key, template).Render(row.Values);
        }
        catch (TemplateException fault)
        {
            throw Fault(key, $"it cannot be rendered for {row.Place}: {fault.Reason}; the row has the columns "
                + $"{string.Join(", ", row.Values.Keys)}.");
        }
    }

    /// <summary>A fault of a field.</summary>
    public LlmKickException Fault(string key, string sentence) =>
        prefix.Length > 0 && file.Values.GetValueOrDefault(prefix) is IReadOnlyDictionary<string, object?> over && over.ContainsKey(key)
            ? new LlmKickException($"{file.Place(prefix)}.{key}: {sentence}") : file.Fault(key, sentence);

    /// <summary>Digits alone are a number where there are choices.</summary>
    private static object Index(string text) =>
        text.Length > 0 && text.All(char.IsAsciiDigit) && long.TryParse(text, out var place) ? place : text;

    private static object? Replace(object? value, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named)
    {
        var (pattern, by) = (PythonText.Str(arguments.ElementAtOrDefault(0) ?? named.GetValueOrDefault("pattern")),
            PythonText.Str(arguments.ElementAtOrDefault(1) ?? named.GetValueOrDefault("repl") ?? ""));
        return PythonRegex.Of(pattern, "regex_replace").Replace(PythonText.Str(value), PythonRegex.Replacement(by));
    }

    private object? Value(string key, Row row) => fields[key] switch
    {
        string text when row.Has(text) => row.Values[text],
        string text => Render(key, text, row),
        FunctionName function => NamedFunctions.Value(task, key, function.Name, row),
        var other => other,
    };

    private Template Parse(string key, string text)
    {
        if (templates.TryGetValue(text, out var known))
            return known;
        try
        {
            return templates[text] = Template.Parse(text, Jinja);
        }
        catch (TemplateException fault)
        {
            throw Fault(key, $"it is no template: {fault.Reason}.");
        }
    }
}
