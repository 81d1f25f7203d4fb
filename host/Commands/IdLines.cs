using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Commands;

/// <summary>Standard input as lines of token ids, each checked against the model: what comes from another tokenizer is told by its
/// line.</summary>
internal static class IdLines
{
    /// <summary>Says that standard input is ids rather than text.</summary>
    public static Option<bool> Ids { get; } = new("--ids") { Description =
        "Each line of stdin is a JSON array of token ids, and each line of stdout the JSON object that answers it" };

    /// <summary>Reads line by line, so that a program can wait for each answer before it asks for the next.</summary>
    /// <param name="model">The model that the ids are for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="LlmKickException">A line holds no ids that the model takes.</exception>
    public static async IAsyncEnumerable<int[]> ReadAsync(ILanguageModel model,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var input = StandardInput.Open();
        var number = 0;
        while (await input.ReadLineAsync(cancellationToken) is { } line)
            yield return Checked(Parse(line, ++number), number, model);
        if (number == 0)
            throw new LlmKickException("stdin is empty: write a JSON array of token ids a line, such as [1, 15, 42].");
    }

    private static int[] Parse(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<int[]>(line) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new LlmKickException(
                $"Line {number} of stdin is no JSON array of token ids; with --ids each line is one, such as [1, 15, 42].");
        }
    }

    private static int[] Checked(int[] ids, int number, ILanguageModel model)
    {
        if (ids.Length == 0)
            throw new LlmKickException($"Line {number} of stdin holds no token ids: write at least one.");
        var most = (model.Description.VocabularySize ?? model.Tokenizer!.VocabularySize) - 1;
        if (Array.FindIndex(ids, id => id < 0 || id > most) is >= 0 and var place)
            throw new LlmKickException(
                $"Line {number} of stdin: {ids[place]} at place {place + 1} is no token id of this model; they go from 0 to {most}.");
        return ids.Length <= model.Description.ContextLength ? ids : throw new LlmKickException(
            $"Line {number} of stdin holds {ids.Length} token ids, more than the model's context of {model.Description.ContextLength}: "
                + $"shorten it.");
    }
}
