using LlmKick.Transformers.Tokenization.Normalizing;
using LlmKick.Transformers.Tokenization.SentencePiece;

namespace LlmKick.Transformers.Tokenization.Facts;

/// <summary>What a file says of its tokenizer, in GGUF's terms, to be said again in another format.</summary>
internal sealed record TokenizerFacts
{
    /// <summary>The kind of vocabulary: gpt2, llama, gemma4 or t5.</summary>
    public required string Model { get; init; }

    /// <summary>By id; gaps are filled with names that no text has.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    public required IReadOnlyList<PieceKind> Kinds { get; init; }

    /// <summary>The scores of llama and t5; empty for the others.</summary>
    public IReadOnlyList<float> Scores { get; init; } = [];

    /// <summary>Two tokens each with a space between, for gpt2 and gemma4.</summary>
    public IReadOnlyList<string> Merges { get; init; } = [];

    public IReadOnlyList<AddedToken> Added { get; init; } = [];

    /// <summary>How texts are cut, by llama.cpp's name for it; null where the kind says it.</summary>
    public string? PreTokenizer { get; init; }

    public bool IgnoresMerges { get; init; }

    /// <summary>How spaces are treated by llama and t5.</summary>
    public SpaceRules Spaces { get; init; } = new(AddsPrefix: false, RemovesExtra: false);

    /// <summary>SentencePiece's table of characters for t5; empty for none.</summary>
    public byte[] Charsmap { get; init; } = [];

    public int? Begin { get; init; }

    public int? End { get; init; }

    public int? Unknown { get; init; }

    public int? Padding { get; init; }

    /// <summary>All that ends a generation.</summary>
    public IReadOnlyList<int> Ends { get; init; } = [];

    public bool AddsBegin { get; init; }

    public bool AddsEnd { get; init; }

    public string? ChatTemplate { get; init; }
}
