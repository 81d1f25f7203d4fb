namespace LlmKick.Kick.Summarization;

/// <summary>A story to be summarized.</summary>
/// <param name="Id">Its <c>question_id</c>, or its line.</param>
/// <param name="Class">Its length class.</param>
/// <param name="Instruction">What stands before the story: the first paragraph of the prompt.</param>
/// <param name="Body">The story without highlights.</param>
/// <param name="Highlights">The reference summary's sentences that stood in it.</param>
/// <param name="Original">The prompt as it was.</param>
internal sealed record Story(string Id, string Class, string Instruction, string Body, IReadOnlyList<string> Highlights, string Original)
{
    /// <summary>What stands between instruction and story.</summary>
    public const string Between = "\n\n";

    private const string Asked =
        "Summarize the given story in less than 150 words while preserving high coherence, consistency, fluency, and relevance.";
    private const string Mark = "@highlight";
    // The paper's classes.
    private const int SmallWords = 470;
    private const int LargeWords = 790;

    /// <summary>Takes a prompt apart.</summary>
    /// <param name="id">The id.</param>
    /// <param name="category">The length class, or null: by words, as in the paper.</param>
    /// <param name="text">The prompt.</param>
    public static Story Of(string id, string? category, string text)
    {
        var parts = text.Split(Mark);
        var start = parts[0].IndexOf(Between, StringComparison.Ordinal);
        var (instruction, body) = start < 0 ? ("", parts[0]) : (parts[0][..start], parts[0][(start + Between.Length)..]);
        var highlights = parts[1..].Select(highlight => highlight.Trim()).Where(highlight => highlight.Length > 0);
        return new Story(id, category ?? ClassOf(body), instruction, body.Trim(), [.. highlights], text);
    }

    /// <summary>An article with its highlights in lines, asked as the paper asks.</summary>
    public static Story OfArticle(string id, string? category, string article, string highlights)
    {
        string[] lines = [.. highlights.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        var body = article.Trim();
        return new Story(id, category ?? ClassOf(body), Asked, body, lines,
            Asked + Between + body + string.Concat(lines.Select(line => Mark + line)));
    }

    private static string ClassOf(string body) => body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length switch
    {
        <= SmallWords => "small",
        < LargeWords => "mid",
        _ => "large",
    };
}
