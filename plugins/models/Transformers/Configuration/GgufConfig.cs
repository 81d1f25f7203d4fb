using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Configuration;

/// <summary>Reads a GGUF file's metadata. What it does not know it refuses.</summary>
internal static class GgufConfig
{
    private const string FirstBlock = "model.layers.0.";

    public static TransformerConfig Read(GgufWeights weights)
    {
        var architecture = Architectures.Find(weights.File.Metadata.Text("general.architecture")!, weights.Path);
        var fields = new GgufFields(weights.File, architecture.Name);
        var config = Read(fields, architecture, weights).Checked(weights.Path);
        RefuseOtherHeadWidths(fields, config);
        fields.RefuseUnread();
        return config;
    }

    private static TransformerConfig Read(GgufFields fields, Architecture architecture, GgufWeights weights)
    {
        var (width, heads) = (fields.Need("embedding_length"), fields.Need("attention.head_count"));
        var headWidth = fields.Size("attention.key_length") ?? TransformerConfig.DivideWidth(fields.Path, width, heads);
        return new TransformerConfig
        {
            Architecture = architecture,
            VocabularySize = fields.Size("vocab_size") ?? Vocabulary(weights),
            Width = width,
            BlockCount = fields.Need("block_count"),
            Heads = heads,
            KeyValueHeads = fields.Size("attention.head_count_kv") ?? heads,
            HeadWidth = headWidth,
            FeedForwardWidth = fields.Need("feed_forward_length"),
            ContextLength = fields.Need("context_length", int.MaxValue),
            NormEpsilon = fields.Number("attention.layer_norm_rms_epsilon") ?? throw fields.Missing("attention.layer_norm_rms_epsilon"),
            Rotary = GgufRotary.Read(fields, weights, headWidth),
            // The metadata does not speak of biases or a head of its own: the tensors are there or not.
            QkvBias = architecture.QkvBias ?? weights.Contains(FirstBlock + "self_attn.q_proj.bias"),
            OutputBias = architecture.OutputBias ?? weights.Contains(FirstBlock + "self_attn.o_proj.bias"),
            FeedForwardBias = architecture.FeedForwardBias ?? weights.Contains(FirstBlock + "mlp.gate_proj.bias"),
            TiedEmbeddings = !weights.Contains("lm_head.weight"),
        };
    }

    // A size that is cut here does not fit the tensor's shape, which is refused later.
    private static int Vocabulary(GgufWeights weights) => (int)Math.Min(weights.Shape("model.embed_tokens.weight")[0], ConfigFields.GreatestSize);

    private static void RefuseOtherHeadWidths(GgufFields fields, TransformerConfig config)
    {
        foreach (var key in (string[])["attention.value_length", "rope.dimension_count"])
            if (fields.Size(key) is { } width && width != config.HeadWidth)
                throw new LlmKickException($"'{fields.Path}' has '{key}' = {width} beside heads of width {config.HeadWidth}, which is not supported: they must be equal.");
    }
}
