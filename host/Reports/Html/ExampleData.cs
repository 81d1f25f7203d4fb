using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Examples;

namespace LlmKick.Reports.Html;

/// <summary>The examples as data for the report's script: questions once, the rest by their numbers.</summary>
internal static class ExampleData
{
    // Escapes < > & and quotes, so that no text can end the script element.
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The JSON text.</summary>
    public static string Of(ExampleSet examples)
    {
        var tasks = examples.Shown.Select(one => one.Task).Distinct().ToList();
        var variants = examples.Shown.Select(one => one.Variant).Distinct().ToList();
        var questions = examples.Shown.Select(one => one.Question).Distinct().Index().ToDictionary(one => one.Item, one => one.Index);
        return JsonSerializer.Serialize(new
        {
            tasks,
            variants,
            flips = Enum.GetValues<Flip>().Select(FlipNames.Of),
            questions = questions.Keys.Select(question => new[] { question.Text, question.Target }),
            examples = examples.Shown.Select(one => new object[] { tasks.IndexOf(one.Task), variants.IndexOf(one.Variant), (int)one.Flip,
                questions[one.Question], one.Dense, one.Here }),
        }, Options);
    }
}
