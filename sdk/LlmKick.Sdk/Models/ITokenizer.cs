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

    /// <summary>How the model's makers write conversations: the source of their Jinja template, which <see cref="Hash"/> covers too; null where there is none.</summary>
    string? ChatTemplate => null;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">Any text; unpaired surrogates become U+FFFD.</param>
    /// <param name="addSpecial">Whether to add what the model's own post-processing adds (such as a beginning-of-text token).</param>
    /// <param name="parseSpecial">Whether special tokens written in the text are recognised.</param>
    /// <returns>Token ids.</returns>
    int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true);

    /// <summary>Decodes ids to text; bytes that are no UTF-8 become U+FFFD.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecial">Whether special tokens are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    string Decode(IReadOnlyList<int> ids, bool skipSpecial = false);

    /// <summary>The bytes that a token stands for: a token may hold part of a character, so a stream is decoded from these.</summary>
    /// <param name="id">A token id.</param>
    ReadOnlyMemory<byte> Bytes(int id);

    /// <summary>Whether the token is a control token rather than text.</summary>
    /// <param name="id">A token id.</param>
    bool IsSpecial(int id);
}
