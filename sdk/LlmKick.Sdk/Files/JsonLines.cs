using System.Text.Json;

namespace LlmKick.Sdk.Files;

/// <summary>Reads JSONL: a JSON object a line; blank lines are left out.</summary>
public static class JsonLines
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Whether a file is JSONL by its name: it ends in <c>.jsonl</c> or <c>.ndjson</c>, in any case.</summary>
    /// <param name="path">The file.</param>
    public static bool Is(string path) => Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson";

    /// <summary>Reads a file whose lines are all of one type; names are written in snake case.</summary>
    /// <param name="path">The file.</param>
    /// <param name="needed">What a line must have, for messages.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <typeparam name="T">The type; <see cref="JsonElement"/> takes any object.</typeparam>
    /// <returns>The lines' numbers, from 1, and values.</returns>
    /// <exception cref="LlmKickException">The file is missing, or a line is not of the type.</exception>
    public static async Task<IReadOnlyList<(int Line, T Value)>> ReadAsync<T>(string path, string needed,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new LlmKickException($"{path}: no such file; give JSONL, each line an object with {needed}.");
        return Parse<T>(path, await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false), needed);
    }

    /// <summary>Reads the text of a file whose lines are all of one type.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">Its text.</param>
    /// <param name="needed">What a line must have, for messages.</param>
    /// <typeparam name="T">The type; <see cref="JsonElement"/> takes any object.</typeparam>
    /// <returns>The lines' numbers, from 1, and values.</returns>
    /// <exception cref="LlmKickException">A line is not of the type.</exception>
    public static IReadOnlyList<(int Line, T Value)> Parse<T>(string path, string content, string needed)
    {
        ArgumentNullException.ThrowIfNull(content);
        return [.. TextFile.Lines(content).Index().Where(line => !string.IsNullOrWhiteSpace(line.Item))
            .Select(line => (line.Index + 1, ParseLine<T>($"{path}:{line.Index + 1}", line.Item, needed)))];
    }

    /// <summary>The documents of a file of texts: a column of each line.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">Its text.</param>
    /// <param name="column">The column's name.</param>
    /// <exception cref="LlmKickException">A line has none.</exception>
    public static IReadOnlyList<string> Texts(string path, string content, string column) =>
        [.. Parse<JsonElement>(path, content, $"a string `{column}`").Select(line => Text($"{path}:{line.Line}", line.Value, column))];

    private static T ParseLine<T>(string place, string text, string needed)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Strict) switch
            {
                null => throw new JsonException("null"),
                JsonElement { ValueKind: not JsonValueKind.Object } => throw new JsonException("It is no object."),
                var value => value,
            };
        }
        catch (JsonException exception)
        {
            throw new LlmKickException($"{place}: not a JSON object with {needed}. {JsonFault.Explain(text, exception)}", exception);
        }
    }

    private static string Text(string place, JsonElement line, string column) =>
        line.TryGetProperty(column, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()!
            : throw new LlmKickException($"{place}: not a JSON object with a string `{column}`. It has "
                + $"{string.Join(", ", line.EnumerateObject().Select(one => one.Name).DefaultIfEmpty("nothing"))}.");
}
