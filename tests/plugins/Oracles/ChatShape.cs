using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmKick.Tests.Oracles;

/// <summary>
/// What kinds of value stand where in a template's variables: <c>messages.content:list</c>, <c>messages.role=tool</c>, <c>tools:absent</c>.
/// Names count as far as the fourth.
/// </summary>
internal sealed class ChatShape
{
    private const int Named = 4;

    private readonly string[] _variables;
    private readonly string[] _fields;

    /// <summary>Knows which variables and fields of messages can be absent.</summary>
    public ChatShape(IReadOnlyCollection<JsonObject> all)
    {
        _variables = [.. all.SelectMany(variables => variables.Select(pair => pair.Key)).Distinct()];
        _fields = [.. all.SelectMany(variables => Messages(variables)).SelectMany(message => message.Select(pair => pair.Key)).Distinct()];
    }

    public HashSet<string> Of(JsonObject variables) =>
    [
        .. Below(variables, ""),
        .. _variables.Where(name => !variables.ContainsKey(name)).Select(name => $"{name}:absent"),
        .. Messages(variables).SelectMany(message => _fields.Where(name => !message.ContainsKey(name)))
            .Select(name => $"messages.{name}:absent"),
        .. Messages(variables).Select(message => $"messages.role={message["role"]}"),
    ];

    /// <summary>Whether a number is among them that JavaScript reads as another.</summary>
    public static bool HasOddNumbers(IEnumerable<string> shape) =>
        shape.Any(kind => kind.EndsWith(":float", StringComparison.Ordinal) || kind.EndsWith(":large", StringComparison.Ordinal));

    private static IEnumerable<JsonObject> Messages(JsonObject variables) =>
        variables["messages"]!.AsArray().Select(message => message!.AsObject());

    private static IEnumerable<string> Below(JsonNode? node, string path) => node switch
    {
        JsonObject map => map.SelectMany(pair => Below(pair.Value, Path(path, pair.Key))).Prepend($"{path}:object{map.Count > 0}"),
        JsonArray list => list.SelectMany(item => Below(item, path)).Prepend($"{path}:list{list.Count > 0}"),
        _ => [$"{path}:{Kind(node)}"],
    };

    private static string Number(string digits) =>
        digits.AsSpan().ContainsAny(".eE") ? "float" : digits.Length > 15 ? "large" : "integer";

    private static string Path(string path, string key) => path.Count(letter => letter == '.') < Named ? $"{path}.{key}" : path;

    private static string Kind(JsonNode? leaf) => leaf?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Number => Number(leaf.ToJsonString()),
        JsonValueKind.String => leaf.GetValue<string>().Length > 0 ? "text" : "empty",
        _ => "boolean",
    };
}
