using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace Contoso.Plugin_1;

/// <summary>Reads the pairs' file.</summary>
internal static class PairFile
{
    /// <summary>A line as it is written.</summary>
    public sealed record Line(int Number, string Good, string Bad, string? Phenomenon);

    /// <summary>Reads every line that is not empty.</summary>
    /// <exception cref="LlmKickException">A line is not what it should be.</exception>
    public static async Task<IReadOnlyList<Line>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new LlmKickException($"'{path}' is not there; put the pairs there, or name another file.");
        var lines = TextFile.Lines(await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false));
        return [.. lines.Index().Where(line => !string.IsNullOrWhiteSpace(line.Item))
            .Select(line => Parse(path, line.Index + 1, line.Item))];
    }

    private static Line Parse(string path, int number, string text)
    {
        try
        {
            var line = JsonSerializer.Deserialize<Line>(text, JsonSerializerOptions.Web);
            return line is { Good.Length: > 0, Bad.Length: > 0 } && line.Good != line.Bad
                ? line with { Number = number }
                : throw Wrong("'good' and 'bad' must be two different texts");
        }
        catch (JsonException)
        {
            throw Wrong("not a JSON object");
        }

        LlmKickException Wrong(string what) => new($"{path}:{number}: {what}; write {{\"good\": \"She works.\", \"bad\": \"She work.\"}}.");
    }
}
