using System.Text.Json.Nodes;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Oracles;

/// <summary>
/// Requests to chat templates: any order of roles, parts, tools and their calls, reasoning, and the variables that published
/// templates read.
/// </summary>
internal sealed class RandomChats(ulong seed)
{
    /// <summary>What one of Python and JavaScript takes for a space and the other does not: the texts have none.</summary>
    private const string OtherSpaces = "\ufeff\u0085\u001c";

    private static readonly string[] Texts =
        [.. RandomTexts.Make(count: 3000, seed: 7).Where(text => !text.AsSpan().ContainsAny(OtherSpaces))];
    private static readonly string[] Roles = ["user", "assistant", "system", "developer", "tool", "critic"];
    private static readonly string[] Names = ["search", "next_train", "draw", "Zoom", "caf\u00e9", "a b", "it's", "<x>"];

    private readonly SplitMix64 _random = new(seed);

    // One in so many; each request has its own, so that some have much of a thing and some nothing.
    private int _parts, _calls, _reasoning, _strange, _options;

    public JsonObject Next()
    {
        (_parts, _calls, _reasoning, _strange, _options) = (Rarity(), Rarity(), Rarity(), Rarity(), Rarity());
        var request = new JsonObject { ["messages"] = new JsonArray([.. Messages()]) };
        if (!Chance(6))
            request["add_generation_prompt"] = !Chance(5);
        if (Chance(_calls))
            request["tools"] = new JsonArray([.. Some(3, Tool)]);
        Option(request, "enable_thinking", () => Coin());
        Option(request, "reasoning_effort", () => Of("low", "medium", "high", "extreme"));
        Option(request, "thinking_budget", () => _random.Next(5000));
        Option(request, "thinking", () => Coin());
        Option(request, "date_string", () => Text());
        Option(request, "builtin_tools", () => new JsonArray([.. Some(3, () => (JsonNode)Of(Names))]));
        Option(request, "tools_in_first_user", () => Coin());
        Option(request, "model_identity", () => Text());
        Option(request, "add_vision_id", () => Coin());
        Option(request, "prefix", () => Text());
        Option(request, "bos_token", () => Text());
        Option(request, "documents", () => new JsonArray([.. Some(3, () => new JsonObject { ["title"] = Text(), ["text"] = Text() })]));
        return request;
    }

    private IEnumerable<JsonNode> Messages()
    {
        if (Coin())
            yield return Message("system");
        for (var left = 1 + _random.Next(Chance(20) ? 60 : 6); left > 0; left--)
            if (Chance(_strange))
                yield return Message(Of(Roles));
            else
            {
                yield return Message("user");
                if (Chance(_calls))
                {
                    var ids = Some(3, Id).Select(id => id.GetValue<string>()).ToList();
                    yield return Message("assistant", ids);
                    foreach (var id in ids)
                        yield return Answer(id);
                }
                if (left > 1 || Coin())
                    yield return Message("assistant");
            }
    }

    private JsonObject Message(string role, IReadOnlyList<string>? calls = null)
    {
        var message = new JsonObject { ["role"] = role };
        if (!Chance(_strange) || !Chance(4))
            message["content"] = Content();
        if (role == "assistant" && Chance(_reasoning))
            message[Of("reasoning_content", "thinking", "reasoning")] = Text();
        if (calls is not null)
            message["tool_calls"] = new JsonArray([.. calls.Select(Call)]);
        return message;
    }

    private JsonObject Answer(string id)
    {
        var message = Message("tool");
        message["tool_call_id"] = id;
        if (Coin())
            message["name"] = Of(Names);
        return message;
    }

    private JsonObject Call(string id) => new()
    {
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = Of(Names), ["arguments"] = Chance(8) ? Text() : Map(0) },
        ["id"] = id,
    };

    private JsonNode Tool() => new JsonObject
    {
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = Of(Names),
            ["description"] = Text(),
            ["parameters"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject([.. Keys().Select(key => KeyValuePair.Create(key, (JsonNode?)Property()))]),
                ["required"] = new JsonArray([.. Some(2, () => (JsonNode)Of(Names))]),
            },
        },
    };

    private JsonObject Property() => new() { ["type"] = Of("string", "integer", "boolean"), ["description"] = Text() };

    private JsonNode Content() => Chance(_parts) ? new JsonArray([.. Some(3, Part)]) : Text();

    private JsonNode Part() =>
        Chance(3) ? new JsonObject { ["type"] = Of("image", "video") } : new JsonObject { ["type"] = "text", ["text"] = Text() };

    private JsonObject Map(int depth) => new(Keys().Select(key => KeyValuePair.Create(key, Value(depth + 1))));

    private JsonNode? Value(int depth) => _random.Next(depth < 4 ? 7 : 5) switch
    {
        0 or 1 => Text(),
        2 => _random.Next(2_000_001) - 1_000_000,
        3 => Coin(),
        4 => null,
        5 => new JsonArray([.. Some(4, () => Value(depth + 1))]),
        _ => Map(depth),
    };

    private JsonNode Id() => string.Concat(Enumerable.Range(0, Chance(10) ? 3 : 9).Select(_ => (char)('a' + _random.Next(26))));

    private string Text() => _random.Next(16) switch
    {
        0 => "",
        1 => Of(Texts) + "\n\n",
        2 => "<think>\n" + Of(Texts) + "</think>\n\n" + Of(Texts),
        3 => string.Concat(Enumerable.Range(0, 25).Select(_ => Of(Texts))),
        _ => Of(Texts),
    };

    private IEnumerable<string> Keys() => Some(4, () => (JsonNode)Of(Names)).Select(key => key!.GetValue<string>()).Distinct();

    private List<T> Some<T>(int most, Func<T> make) => [.. Enumerable.Range(0, 1 + _random.Next(most)).Select(_ => make())];

    private void Option(JsonObject request, string name, Func<JsonNode> value)
    {
        if (Chance(_options))
            request[name] = value();
    }

    private int Rarity() => _random.Next(3) switch { 0 => 2, 1 => 6, _ => int.MaxValue };

    private bool Coin() => Chance(2);

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private string Of(params IReadOnlyList<string> all) => all[_random.Next(all.Count)];
}
