using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Oracles;

/// <summary>
/// Chat templates against Hugging Face's own engine in JavaScript, which is no Jinja2: it renders lists as JSON, reads 1.0 as 1, refuses
/// to join what is not there, and more. The reference's renders say what it can do with each template: a kind of value that stands in a
/// conversation that it gets wrong, and in none that it gets right, is left out of the random ones; a template that it gets wrong for no
/// such reason is left out whole.
/// </summary>
public sealed partial class HuggingFaceJinjaTests(ITestOutputHelper output)
{
    private const int Chats = 200;
    private const int Asked = 500;

    private readonly GoldenChats _golden = new();

    [Fact]
    public async Task Render_RandomChats_EqualTexts()
    {
        var templates = await JudgedAsync();
        Assert.True(templates.Count == 12, $"Left are {string.Join(", ", templates.Select(row => row.Template))}.");

        var answers = await AskAsync(templates);

        var differences = templates.Zip(answers)
            .SelectMany(pair => Differences(pair.First.Template, pair.First.Requests, pair.Second)).ToList();
        foreach (var difference in differences)
            output.WriteLine(difference);
        Assert.Empty(differences);
    }

    /// <summary>The templates with requests of the kinds that the other engine can render.</summary>
    private async Task<List<(string Template, List<JsonObject> Requests)>> JudgedAsync()
    {
        var cases = _golden.Templates.Select(template => (Template: template, Rows: _golden.Cases(template).ToList())).ToList();
        var shapes = new ChatShape([.. cases.SelectMany(row => row.Rows).Select(row => _golden.Variables(row.Request))]);
        var answers = await AskAsync(cases.Select(row => (row.Template, row.Rows.ConvertAll(pair => pair.Request))));
        return [.. cases.Zip(answers).Select(pair => (pair.First.Template, Wrong: Wrong(pair.First.Rows, pair.Second, shapes)))
            .Where(row => row.Wrong is not null)
            .Select(row => (row.Template, Requests: Draw(row.Template, row.Wrong!, shapes)))
            .Where(row => row.Requests.Count == Asked)];
    }

    /// <summary>What the other engine gets wrong, null where it gets other things wrong too, or nothing right.</summary>
    private HashSet<string>? Wrong(List<(JsonObject Request, string? Text)> rows, JsonElement answers, ChatShape shapes)
    {
        var judged = rows.Zip(answers.EnumerateArray())
            .Select(pair => (Shape: shapes.Of(_golden.Variables(pair.First.Request)), Expected: pair.First.Text, Answer: pair.Second))
            .Where(row => !ChatShape.HasOddNumbers(row.Shape) && (row.Expected ?? Text(row.Answer)) is not null)
            .ToLookup(row => row.Expected == Text(row.Answer));
        var wrong = judged[false].SelectMany(row => row.Shape).ToHashSet();
        wrong.ExceptWith(judged[true].SelectMany(row => row.Shape));
        return judged.Contains(true) && judged[false].All(row => row.Shape.Overlaps(wrong) || IsKnownRefusal(row.Answer)) ? wrong : null;
    }

    /// <summary>Requests without what is wrong; fewer than were wanted where hardly one in a hundred is.</summary>
    private List<JsonObject> Draw(string template, HashSet<string> wrong, ChatShape shapes)
    {
        var chats = new RandomChats(seed: (ulong)template.Sum(letter => letter));
        var drawn = new List<JsonObject>();
        for (var draws = 0; drawn.Count < Asked && (draws < 1000 || drawn.Count > draws / 100); draws++)
            if (chats.Next() is var chat && !shapes.Of(_golden.Variables(chat)).Overlaps(wrong))
                drawn.Add(chat);
        return drawn;
    }

    private async Task<List<JsonElement>> AskAsync(IEnumerable<(string Template, List<JsonObject> Requests)> rows)
    {
        var templates = rows.Select(row => new { source = _golden.Source(row.Template), cases = row.Requests.Select(_golden.Variables) });
        return [.. (await Oracle.AskAsync("jinja.mjs", new { clock = _golden.Clock, templates })).EnumerateArray()];
    }

    private IEnumerable<string> Differences(string name, List<JsonObject> requests, JsonElement answers)
    {
        var template = Template.Parse(_golden.Source(name));
        var answered = requests.Zip(answers.EnumerateArray()).Where(pair => !IsKnownRefusal(pair.Second)).Take(Chats).ToList();
        Assert.True(answered.Count == Chats, $"{name}: the other engine answers only {answered.Count} chats.");
        output.WriteLine($"{name}: {answered.Count(pair => Text(pair.Second) is null)} of {Chats} refused");
        foreach (var (request, answer) in answered)
            if (Ours(template, request) is var ours && ours.Text != Text(answer))
                yield return $"{name}: {ours.Text ?? ours.Error} ≠ {answer} for {request.ToJsonString()}";
    }

    private (string? Text, string? Error) Ours(Template template, JsonObject request)
    {
        try
        {
            var json = request.Deserialize<JsonElement>();
            return (ChatRendering.RenderJson(template, json, _golden.SpecialTokens, _golden.Clock).Text, null);
        }
        catch (TemplateException refusal)
        {
            return (null, refusal.Reason);
        }
    }

    private static string? Text(JsonElement answer) => answer.TryGetProperty("text", out var text) ? text.GetString() : null;

    /// <summary>
    /// What it refuses and Jinja2 does not: what is not there under ~, a filter or a loop, filters that it lacks for a type, and 'a' * 3.
    /// </summary>
    private static bool IsKnownRefusal(JsonElement answer) =>
        answer.TryGetProperty("error", out var error) && KnownRefusal().IsMatch(error.GetString()!);

    [GeneratedRegex(
        "operation ~ on undefined values|to type: UndefinedValue|got UndefinedValue|^Unknown [A-Za-z]+ filter"
        + "|between StringValue and IntegerValue")]
    private static partial Regex KnownRefusal();
}
