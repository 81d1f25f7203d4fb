using LlmKick.Transformers.Tokenization.Bpe;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization;

/// <summary>All that a file says about a tokenizer, checked and ready to be used.</summary>
internal sealed record TokenizerDefinition
{
    /// <summary>Token texts by id, null in gaps.</summary>
    public required IReadOnlyList<string?> Tokens { get; init; }

    /// <summary>The bytes each id stands for, empty in gaps.</summary>
    public required IReadOnlyList<byte[]> Bytes { get; init; }

    public required BpeModel Model { get; init; }

    public required TextSplitter Splitter { get; init; }

    public IReadOnlyList<AddedToken> Added { get; init; } = [];

    public bool ComposesText { get; init; }

    public IReadOnlyList<int> Prefix { get; init; } = [];

    public IReadOnlyList<int> Suffix { get; init; } = [];

    public IReadOnlyList<int> EndOfText { get; init; } = [];

    public string? ChatTemplate { get; init; }

    public required string Hash { get; init; }
}
