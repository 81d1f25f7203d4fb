using LlmKick.Sdk;
using LlmKick.Transformers.Formats;

namespace LlmKick.Transformers.Configuration;

/// <summary>Reads a Hugging Face <c>config.json</c>. What it does not know it refuses.</summary>
internal static class HuggingFaceConfig
{
    public static TransformerConfig Read(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        using var document = JsonFile.Read(path);
        var fields = new ConfigFields(path, document.RootElement);
        var name = fields.Text("model_type") ?? throw new LlmKickException($"'{path}' has no 'model_type', which names the architecture.");
        var architecture = Architectures.Find(name, path);
        // How weights are stored is the weights' affair.
        _ = fields.Section("quantization_config");
        RefuseWindows(fields);
        if (fields.Text("hidden_act") is { } activation and not "silu")
            throw new LlmKickException($"'{path}' has the activation function '{activation}', which is not supported; supported: silu.");
        var config = Read(fields, architecture).Checked(path);
        RefuseUnknown(fields, architecture);
        return config;
    }

    private static TransformerConfig Read(ConfigFields fields, Architecture architecture)
    {
        var width = Need(fields, "hidden_size");
        var heads = Need(fields, "num_attention_heads");
        var attentionBias = fields.Flag("attention_bias") ?? false;
        return new TransformerConfig
        {
            Architecture = architecture,
            VocabularySize = Need(fields, "vocab_size"),
            Width = width,
            BlockCount = Need(fields, "num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = fields.Size("num_key_value_heads") ?? heads,
            HeadWidth = fields.Size("head_dim") ?? TransformerConfig.DivideWidth(fields.Path, width, heads),
            FeedForwardWidth = Need(fields, "intermediate_size"),
            ContextLength = fields.Need(fields.Size("max_position_embeddings", int.MaxValue), "max_position_embeddings"),
            NormEpsilon = fields.Need(fields.Number("rms_norm_eps"), "rms_norm_eps"),
            Rotary = HuggingFaceRotary.Read(fields),
            QkvBias = architecture.QkvBias ?? attentionBias,
            OutputBias = architecture.OutputBias ?? attentionBias,
            FeedForwardBias = architecture.FeedForwardBias ?? fields.Flag("mlp_bias") ?? false,
            TiedEmbeddings = fields.Flag("tie_word_embeddings") ?? false,
        };
    }

    private static int Need(ConfigFields fields, string key) => fields.Need(fields.Size(key), key);

    private static void RefuseWindows(ConfigFields fields)
    {
        var inUse = fields.Flag("use_sliding_window") ?? true;
        if (fields.Size("sliding_window", int.MaxValue) is { } window && inUse)
            throw new LlmKickException($"'{fields.Path}' has a sliding window of {window} tokens, which is not supported.");
        if (fields.Texts("layer_types")?.FirstOrDefault(type => type != "full_attention") is { } other)
            throw new LlmKickException($"'{fields.Path}' has blocks of the type '{other}', which is not supported; supported: full_attention.");
    }

    private static void RefuseUnknown(ConfigFields fields, Architecture architecture)
    {
        var unknown = fields.Unread().Where(key => !IdleKeys.Contains(key) && !architecture.IdleKeys.Contains(key)).ToList();
        if (unknown.Count > 0)
            throw new LlmKickException($"'{fields.Path}' has keys that the architecture '{architecture.Name}' does not know: {string.Join(", ", unknown)}; if they do not change what the model computes, remove them.");
    }
}
