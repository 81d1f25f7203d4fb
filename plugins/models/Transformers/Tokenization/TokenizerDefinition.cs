using LlmKick.Sdk.Templates;
using LlmKick.Transformers.Tokenization.Decoding;
using LlmKick.Transformers.Tokenization.Models;
using LlmKick.Transformers.Tokenization.Normalizing;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization;

/// <summary>All that a file says about a tokenizer, checked and ready to be used.</summary>
internal sealed record TokenizerDefinition
{
    /// <summary>Token texts by id, null in gaps.</summary>
    public required IReadOnlyList<string?> Tokens { get; init; }

    public INormalizer? Normalizer { get; init; }

    public PreTokenizerChain PreTokenizer { get; init; } = new([]);

    public required IPieceModel Model { get; init; }

    public required ITokenDecoder Decoder { get; init; }

    /// <summary>Bytes of UTF-8 that an id takes of a piece; negative where that depends on the piece.</summary>
    public required Func<int, int> Widths { get; init; }

    public IReadOnlyList<AddedToken> Added { get; init; } = [];

    /// <summary>Control tokens that are not found in texts.</summary>
    public IReadOnlyList<int> Control { get; init; } = [];

    public IReadOnlyList<int> Prefix { get; init; } = [];

    public IReadOnlyList<int> Suffix { get; init; } = [];

    public IReadOnlyList<int> EndOfText { get; init; } = [];

    public ChatTemplateSet ChatTemplates { get; init; } = ChatTemplateSet.None;

    /// <summary>The texts of special tokens by role, such as <c>bos_token</c>.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; init; } = new Dictionary<string, string>();

    public required string Hash { get; init; }

    /// <summary>What a user should know of the files, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
