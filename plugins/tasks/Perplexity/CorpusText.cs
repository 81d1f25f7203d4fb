using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Perplexity;

/// <summary>Reads the text that is scored.</summary>
internal static class CorpusText
{
    private const string BlankLine = "\n\n";

    public static async Task<string> ReadAsync(string path, TextJoin join, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new LlmKickException($"{path}: no such file; give a text file, or .jsonl with a `text` in each line.");
        var content = await TextFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (JsonLines.Is(path))
            return string.Join(BlankLine, JsonLines.Texts(path, content));
        return join == TextJoin.Rows ? string.Join(BlankLine, TextFile.Rows(content)) : content;
    }
}
