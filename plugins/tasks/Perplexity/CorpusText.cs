using LlmKick.Perplexity.Texts;

namespace LlmKick.Perplexity;

/// <summary>Reads the text that is scored.</summary>
internal static class CorpusText
{
    public static async Task<string> ReadAsync(string path, string column, TextJoin join, CancellationToken cancellationToken)
    {
        var texts = await TextSet.ReadAsync(path, column, cancellationToken).ConfigureAwait(false);
        return join == TextJoin.Rows ? string.Join(TextSet.BlankLine, texts.Rows) : texts.Whole;
    }
}
