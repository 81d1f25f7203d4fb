using LlmKick.Transformers.Tokenization.Models;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>How many bytes of a piece each token takes.</summary>
internal static class TokenWidths
{
    private const int Unknown = -1;

    /// <summary>Widths by id.</summary>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="unknown">The unknown token.</param>
    /// <param name="width">How many bytes a token's text takes.</param>
    /// <param name="hasBytes">Whether tokens such as &lt;0x0A&gt; are bytes.</param>
    public static Func<int, int> Of(VocabularyBuilder vocabulary, int? unknown, Func<string, int> width, bool hasBytes = false)
    {
        var texts = new Lazy<string?[]>(vocabulary.Texts);
        return id => id == unknown || id >= texts.Value.Length || texts.Value[id] is not { } text ? Unknown
            : hasBytes && ByteTokens.TryParse(text, out _) ? 1 : width(text);
    }
}
