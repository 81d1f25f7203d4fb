using LlmKick.Kick.Retrieval;

namespace LlmKick.Kick.TriviaQa;

/// <summary>Gives questions their context.</summary>
/// <param name="options">Which context.</param>
/// <param name="paragraphs">Where passages of all questions are retrieved from, or null: each question has documents of its own.</param>
internal sealed class ContextReader(TriviaQaOptions options, IReadOnlyList<string>? paragraphs)
{
    private const string Between = "\n\n";

    private readonly Lazy<PassageIndex> shared = new(() => new PassageIndex(paragraphs ?? []));

    /// <summary>The context, empty where there is none.</summary>
    public async Task<string> ReadAsync(TriviaQaQuestion question, CancellationToken cancellationToken)
    {
        if (options.Context == ContextSource.Closed)
            return "";
        if (options.Context == ContextSource.Open)
            return Start(string.Concat(await ReadAsync(question.First, cancellationToken).ConfigureAwait(false)), options.Characters);
        var index = paragraphs is null ? new PassageIndex(await PassagesAsync(question, cancellationToken).ConfigureAwait(false))
            : shared.Value;
        return string.Join(Between, index.Best(question.Text, options.Passages));
    }

    private async Task<IReadOnlyList<string>> PassagesAsync(TriviaQaQuestion question, CancellationToken cancellationToken)
    {
        var documents = await ReadAsync(question.Evidence, cancellationToken).ConfigureAwait(false);
        return [.. documents.SelectMany(document => document.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Chunk(options.PassageWords)).Select(words => string.Join(' ', words))];
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        foreach (var document in evidence)
            texts.Add(await document.ReadAsync(cancellationToken).ConfigureAwait(false));
        return texts;
    }

    /// <summary>The first characters, counted as Python counts them: a character outside the basic plane is one.</summary>
    private static string Start(string text, int characters)
    {
        if (text.Length <= characters)
            return text;
        var length = text.EnumerateRunes().Take(characters).Sum(rune => rune.Utf16SequenceLength);
        return text[..length];
    }
}
