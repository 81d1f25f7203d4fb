using LlmKick.Sdk;

namespace LlmKick.Transformers.Configuration;

/// <summary>Everything that decides a model's computation besides its weights.</summary>
internal sealed record TransformerConfig
{
    public required Architecture Architecture { get; init; }

    public required int VocabularySize { get; init; }

    public required int Width { get; init; }

    public required int BlockCount { get; init; }

    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    public required int HeadWidth { get; init; }

    public required int FeedForwardWidth { get; init; }

    public required int ContextLength { get; init; }

    public required double NormEpsilon { get; init; }

    public required RotaryConfig Rotary { get; init; }

    public bool QkvBias { get; init; }

    public bool OutputBias { get; init; }

    public bool FeedForwardBias { get; init; }

    /// <summary>Whether the output head is the embedding.</summary>
    public bool TiedEmbeddings { get; init; }

    /// <summary>The width of a head where a configuration does not name it.</summary>
    public static int DivideWidth(string path, int width, int heads) => width % heads == 0
        ? width / heads
        : throw new LlmKickException($"'{path}' has a width of {width}, which {heads} attention heads do not divide, and names no width of a head.");

    /// <summary>Refuses what is impossible within the configuration itself; the tensors' shapes are checked against it later.</summary>
    public TransformerConfig Checked(string path)
    {
        if (Heads % KeyValueHeads != 0)
            throw new LlmKickException($"'{path}' has {Heads} attention heads, which {KeyValueHeads} key-value heads do not divide.");
        if (HeadWidth % 2 != 0)
            throw new LlmKickException($"'{path}' has heads of width {HeadWidth}; rotary positions need an even width.");
        if ((long)Heads * HeadWidth > ConfigFields.GreatestSize)
            throw new LlmKickException($"'{path}' has {Heads} attention heads of width {HeadWidth}, more than any model: over {ConfigFields.GreatestSize} values together.");
        return this;
    }
}
