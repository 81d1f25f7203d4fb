using LlmKick.Sdk.Templates;

namespace LlmKick.Sdk.Models;

/// <summary>Text to token ids and back. Safe for use from several threads.</summary>
public interface ITokenizer
{
    /// <summary>Number of token ids, special ones included.</summary>
    int VocabularySize { get; }

    /// <summary>SHA-256, in hex, of everything that decides the tokenizer's output.</summary>
    string Hash { get; }

    /// <summary>The id put before a text by <c>addSpecial</c>, or null where there is none.</summary>
    int? BeginOfText { get; }

    /// <summary>Ids that end a generation.</summary>
    IReadOnlyList<int> EndOfText { get; }

    /// <summary>How the model's makers write conversations: the source of their Jinja template, which <see cref="Hash"/> covers too; null
    /// where there is none.</summary>
    string? ChatTemplate => null;

    /// <summary>
    /// What whoever uses the tokenizer should be told of its files, a sentence each: what they leave open and how it was decided, and where
    /// they contradict one another.
    /// </summary>
    IReadOnlyList<string> Remarks => [];

    /// <summary>All chat templates of the model, where it has several; <see cref="ChatTemplate"/> is the one that is taken without a
    /// name.</summary>
    ChatTemplateSet ChatTemplates => ChatTemplateSet.Of(ChatTemplate);

    /// <summary>The texts of special tokens by their role (<c>bos_token</c>, <c>eos_token</c> …), as chat templates know them.</summary>
    IReadOnlyDictionary<string, string> SpecialTokens => new Dictionary<string, string>();

    /// <summary>Encodes a text.</summary>
    /// <param name="text">Any text; unpaired surrogates become U+FFFD.</param>
    /// <param name="addSpecial">Whether to add what the model's own post-processing adds (such as a beginning-of-text token).</param>
    /// <param name="parseSpecial">Whether special tokens written in the text are recognised.</param>
    /// <returns>Token ids.</returns>
    int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true);

    /// <summary>
    /// Encodes a text and says which part of it each token stands for. Where several tokens share a character, such as its bytes, each
    /// stands for the whole of it. The tokenizer's own code takes the tokens' bytes for the text's; a tokenizer that changes texts (folds
    /// case, composes, puts a space in front) brings code of its own.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="addSpecial">As for <see cref="Encode"/>; tokens that are added have empty parts at the text's ends.</param>
    /// <param name="parseSpecial">As for <see cref="Encode"/>.</param>
    /// <returns>The ids that <see cref="Encode"/> gives, with places in UTF-16 units of the text.</returns>
    /// <exception cref="LlmKickException">The tokens' bytes are not the text's.</exception>
    IReadOnlyList<TokenSpan> EncodeWithSpans(string text, bool addSpecial = false, bool parseSpecial = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TokenAlignment.Of(this, text, addSpecial, parseSpecial);
    }

    /// <summary>Decodes ids to text; bytes that are no UTF-8 become U+FFFD.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecial">Whether special tokens are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    string Decode(IReadOnlyList<int> ids, bool skipSpecial = false);

    /// <summary>
    /// The bytes that a token stands for behind other text: a token may hold part of a character, so a stream is decoded from these.
    /// Empty where the id is a gap that no text stands for.
    /// </summary>
    /// <param name="id">A token id.</param>
    ReadOnlyMemory<byte> Bytes(int id);

    /// <summary>Whether an id stands for anything: models often have more ids than their tokenizer has tokens, and vocabularies have
    /// gaps.</summary>
    /// <param name="id">Any number.</param>
    /// <returns>True for text and for control tokens, false for gaps and for ids outside the vocabulary.</returns>
    bool Knows(int id) => id >= 0 && id < VocabularySize && (IsSpecial(id) || !Bytes(id).IsEmpty);

    /// <summary>Whether the token is a control token rather than text.</summary>
    /// <param name="id">A token id.</param>
    bool IsSpecial(int id);
}
