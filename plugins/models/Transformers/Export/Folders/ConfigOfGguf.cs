using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>A <c>config.json</c> of what a GGUF file says.</summary>
internal static class ConfigOfGguf
{
    private static readonly Dictionary<string, string> Classes = new() { ["llama"] = "LlamaForCausalLM", ["qwen2"] = "Qwen2ForCausalLM" };

    public static JsonObject Of(ExportedModel model)
    {
        var (config, metadata) = (model.Config, ((GgufWeights)model.Source).File.Metadata);
        if (config.QkvBias != config.OutputBias && config.Architecture.QkvBias is null)
            throw new LlmKickException($"'{model.Source.Path}' has biases in some of its attention's linears, which a config.json cannot say; export it as gguf.");
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(Classes[config.Architecture.Name]),
            ["model_type"] = config.Architecture.Name,
            ["vocab_size"] = config.VocabularySize,
            ["hidden_size"] = config.Width,
            ["intermediate_size"] = config.FeedForwardWidth,
            ["num_hidden_layers"] = config.BlockCount,
            ["num_attention_heads"] = config.Heads,
            ["num_key_value_heads"] = config.KeyValueHeads,
            ["head_dim"] = config.HeadWidth,
            ["hidden_act"] = "silu",
            ["max_position_embeddings"] = config.ContextLength,
            ["rms_norm_eps"] = Shortest(config.NormEpsilon),
            ["rope_theta"] = Shortest(config.Rotary.Base),
            ["tie_word_embeddings"] = config.TiedEmbeddings,
        };
        if (config.Architecture.QkvBias is null)
            (json["attention_bias"], json["mlp_bias"]) = (config.QkvBias, config.FeedForwardBias);
        if (config.Rotary.Scaling is { } scaling)
            json["rope_scaling"] = Scaling(scaling, model.Source.Path);
        foreach (var name in (string[])["bos", "eos"])
            if (metadata.Integer($"tokenizer.ggml.{name}_token_id") is { } id)
                json[$"{name}_token_id"] = id;
        return json;
    }

    /// <summary>The file has 32 bits of it: the shortest number that gives them again.</summary>
    private static double Shortest(double value) => double.Parse(((float)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static JsonObject Scaling(IRotaryScaling scaling, string path) => scaling is LinearScaling linear
        ? new JsonObject { ["rope_type"] = "linear", ["factor"] = linear.Factor }
        : throw new LlmKickException($"'{path}' scales each rotary frequency by a factor of its own, which a config.json cannot say; export it as gguf, or from the original folder.");
}
