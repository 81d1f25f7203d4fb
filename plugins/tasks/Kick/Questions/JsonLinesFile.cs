using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Kick.Questions;

/// <summary>Reads JSONL whose lines are all of one type; names are written in snake case.</summary>
internal static class JsonLinesFile
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a file; blank lines are left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="needed">What a line must have, for messages.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">The file is missing, or a line is not of the type.</exception>
    public static async Task<IReadOnlyList<(int Line, T Value)>> ReadAsync<T>(string path, string needed,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new LlmKickException($"{path}: no such file; give JSONL, each line an object with {needed}.");
        var lines = TextFile.Lines(await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false));
        return [.. lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item))
            .Select(line => (line.Index + 1, Read<T>(path, line.Index + 1, line.Item, needed)))];
    }

    private static T Read<T>(string path, int line, string text, string needed)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, Strict) ?? throw new JsonException("null");
        }
        catch (JsonException exception)
        {
            throw new LlmKickException($"{path}:{line}: not a JSON object with {needed}. {JsonFault.Explain(text, exception)}", exception);
        }
    }
}
