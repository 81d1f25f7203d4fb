using System.Text.RegularExpressions;
using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;
using LlmKick.Harness.Yaml;
using LlmKick.Sdk;

namespace LlmKick.Harness.Functions;

/// <summary>Functions of task files that exist here under their names, by the tasks' published formulas; Python code is not run.</summary>
internal static partial class NamedFunctions
{
    /// <summary>Tasks with functions, and for each key the function that is known.</summary>
    private static readonly Dictionary<(string Task, string Key), (string Name, Func<Row, object?> Of)> Known = new()
    {
        [("hellaswag", "process_docs")] = ("utils.process_docs", HellaSwag),
        [("winogrande", "doc_to_text")] = ("preprocess_winogrande.doc_to_text", row => row.Text("answer") switch
        {
            "1" => 0L,
            "2" => 1L,
            var other => throw new LlmKickException($"{row.Place}: the answer '{other}' is neither 1 nor 2; mend the row."),
        }),
        [("winogrande", "doc_to_target")] = ("preprocess_winogrande.doc_to_target", row => Blank(row).After.Trim()),
        [("winogrande", "doc_to_choice")] = ("preprocess_winogrande.doc_to_choice", row =>
            new List<object?> { Blank(row).Before + row.Text("option1"), Blank(row).Before + row.Text("option2") }),
        [("truthfulqa_mc2", "process_results")] = ("utils.process_results_mc2", row => null),
    };

    /// <summary>Whether a task's function is known.</summary>
    public static bool Knows(string task, string key, string name) =>
        Known.TryGetValue((task, key), out var known) && known.Name == name;

    /// <summary>What a function makes of a row.</summary>
    public static object? Value(string task, string key, string name, Row row) => Known[(task, key)].Of(row);

    /// <summary>What to say of a function that is not known.</summary>
    public static LlmKickException Refusal(TaskFile file, string key, string name) => file.Fault(key,
        $"it calls the Python function '{name}', which is not run here; only hellaswag, "
            + $"winogrande and truthfulqa_mc2 have theirs built in. "
            + $"Write it as a template, or prepare the data with it once.");

    /// <summary>HellaSwag's rows: activity and context, marks of WikiHow taken out.</summary>
    private static OrderedDictionary<string, object?> HellaSwag(Row row)
    {
        var made = new OrderedDictionary<string, object?>(row.Values);
        made["query"] = Clean($"{row.Text("activity_label")}: {row.Text("ctx_a")} {Capital(row.Text("ctx_b"))}");
        made["choices"] = row.List("endings").Select(ending => (object?)Clean(PythonText.Str(ending))).ToList();
        made["gold"] = long.TryParse(row.Text("label"), out var label) ? label
            : throw new LlmKickException($"{row.Place}: the label '{row.Text("label")}' is no number; take a split that has labels.");
        return made;
    }

    private static string Clean(string text) => Brackets().Replace(text.Trim().Replace(" [title]", ". ", StringComparison.Ordinal), "")
        .Replace("  ", " ", StringComparison.Ordinal);

    /// <summary>As Python's <c>capitalize</c>: the first letter large, all others small.</summary>
    private static string Capital(string text) => text.Length == 0 ? text
        : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    private static (string Before, string After) Blank(Row row)
    {
        var sentence = row.Text("sentence");
        var at = sentence.IndexOf('_', StringComparison.Ordinal);
        return at >= 0 ? (sentence[..at], sentence[(at + 1)..])
            : throw new LlmKickException($"{row.Place}: the sentence has no blank '_'; mend the row.");
    }

    [GeneratedRegex(@"\[.*?\]")]
    private static partial Regex Brackets();
}
