using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmKick.Tests.Oracles;

/// <summary>Chat templates and conversations with what the reference makes of them, and what it hands to a template.</summary>
internal sealed class GoldenChats
{
    private static readonly string[] Reasoning = ["reasoning_content", "thinking", "reasoning"];

    private readonly string _folder = SharedData.Require("golden/chat-templates");
    private readonly JsonObject _conversations;
    private readonly JsonObject _renders;

    public GoldenChats() => (_conversations, _renders) = (Read("conversations.json"), Read("renders.json")["templates"]!.AsObject());

    public IEnumerable<string> Templates => _renders.Select(template => template.Key);

    public DateTime Clock => _conversations["clock"]!.Deserialize<DateTime>();

    public Dictionary<string, string> SpecialTokens => _conversations["special_tokens"].Deserialize<Dictionary<string, string>>()!;

    public string Source(string template) =>
        Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_folder, "templates", template + ".jinja")));

    /// <summary>
    /// The requests of a template's rows, each with the reference's text, null where it refuses. Those that go on with a message are left
    /// out: they are no matter of the template alone.
    /// </summary>
    public IEnumerable<(JsonObject Request, string? Text)> Cases(string template) =>
        from row in _renders[template]!.AsArray()
        let names = row["case"] as JsonArray ?? ["user", "none"]
        where !names[1]!.GetValue<string>().StartsWith("continue", StringComparison.Ordinal)
        select (Request(names[0]!.GetValue<string>(), names[1]!.GetValue<string>()), row["text"]?.GetValue<string>());

    /// <summary>What transformers hands to a template for a request.</summary>
    public JsonObject Variables(JsonObject request)
    {
        var variables = _conversations["special_tokens"]!.DeepClone().AsObject();
        (variables["tools"], variables["documents"], variables["add_generation_prompt"]) = (null, null, false);
        foreach (var (name, value) in request)
            variables[name] = value?.DeepClone();
        variables["messages"] = new JsonArray([.. request["messages"]!.AsArray().Select(message => Message(message!.AsObject()))]);
        return variables;
    }

    private static JsonObject Message(JsonObject message)
    {
        var kept = message.Where(field => field.Value is not null)
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())).ToList();
        if (Reasoning.FirstOrDefault(name => kept.Any(field => field.Key == name)) is { } own)
        {
            var text = message[own];
            if (message["thinking"] is null)
                kept.Insert(0, new("thinking", text!.DeepClone()));
            if (message["reasoning_content"] is null)
                kept.Add(new("reasoning_content", text!.DeepClone()));
        }
        return new JsonObject(kept);
    }

    private JsonObject Request(string conversation, string options)
    {
        var request = new JsonObject();
        foreach (var (name, value) in _conversations["options"]![options]!.AsObject())
            request[name] = (name is "tools" or "documents" ? _conversations[name]![value!.GetValue<string>()] : value)?.DeepClone();
        request["messages"] = _conversations["conversations"]![conversation]!.DeepClone();
        return request;
    }

    private JsonObject Read(string file) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(_folder, file)))!.AsObject();
}
