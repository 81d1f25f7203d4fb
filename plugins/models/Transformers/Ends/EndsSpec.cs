using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Ends;

/// <summary>What a model does before its first and after its last block, as a family describes it. Names are inside the model's
/// root.</summary>
internal sealed record EndsSpec
{
    /// <summary>The table of tokens.</summary>
    public string Embedding { get; init; } = "embed_tokens";

    /// <summary>Numbers of an embedding, where that is not a hidden state's; it is then projected in and out.</summary>
    public int? EmbeddingWidth { get; init; }

    public string ProjectIn { get; init; } = "project_in";

    public string ProjectOut { get; init; } = "project_out";

    /// <summary>What embeddings are multiplied by.</summary>
    public double EmbeddingScale { get; init; } = 1;

    /// <summary>Whether that factor is rounded to the model's type, as Gemma's is.</summary>
    public bool RoundsScale { get; init; }

    public NormSpec? EmbeddingNorm { get; init; }

    /// <summary>What is made of embeddings before the first block; null for nothing.</summary>
    public ShiftSpec? EmbeddingShift { get; init; }

    /// <summary>A table of positions, added to embeddings; null for none.</summary>
    public PositionTable? Positions { get; init; }

    /// <summary>What blocks get of tokens beside the hidden states; null for nothing.</summary>
    public TokenTable? Tokens { get; init; }

    /// <summary>Hidden states of a token, of which the first is its embedding and the others are made of that and, behind the last block,
    /// made one with it (Gemma 3n): u ⊙ rms(h) / √max(mean u², 10⁻⁵) with u = W_i h, and their mean.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>The name of what a second hidden state begins with, [width], where blocks run in a loop with two; null for none.</summary>
    public string? Start { get; init; }

    /// <summary>The last norm; null for none.</summary>
    public required NormSpec? FinalNorm { get; init; }

    /// <summary>The head, outside the root.</summary>
    public string Head { get; init; } = "lm_head";

    /// <summary>Tokens that have a logit, where that is not all: others are read and never written.</summary>
    public int? HeadRows { get; init; }

    public bool HeadBias { get; init; }

    /// <summary>Whether the head is the embedding.</summary>
    public bool Tied { get; init; }

    /// <summary>What logits are multiplied by.</summary>
    public double LogitScale { get; init; } = 1;

    /// <summary>Whether GGUF files have embedding and head multiplied by these factors, for which llama.cpp has no key.</summary>
    public bool AreMultipliedInGguf { get; init; }

    /// <summary>Numbers that logits are multiplied by, one a token, behind the head's name; null for none.</summary>
    public ScaleSpec? HeadScale { get; init; }

    /// <summary>c in c · tanh(logit / c); null for none.</summary>
    public double? LogitCap { get; init; }
}
