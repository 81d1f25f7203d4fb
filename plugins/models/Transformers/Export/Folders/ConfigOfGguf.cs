using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>A <c>config.json</c> of what a GGUF file says.</summary>
internal static class ConfigOfGguf
{
    public static JsonObject Of(ExportedModel model)
    {
        var (spec, c, metadata) = (model.Spec, model.Spec.Config, ((GgufWeights)model.Source).File.Metadata);
        var (query, output, feed) = (HasBias(model, "attn_q"), HasBias(model, "attn_output"), HasBias(model, "ffn_gate"));
        if (spec.Family.Name == "llama" && query != output)
            throw new LlmKickException($"'{model.Source.Path}' has biases in some of its attention's linears, which a config.json cannot say; export it as gguf.");
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(spec.Family.Class),
            ["model_type"] = spec.Family.Name,
            ["vocab_size"] = spec.Vocabulary,
            ["hidden_size"] = spec.Width,
            ["intermediate_size"] = c.FeedForwardWidth,
            ["num_hidden_layers"] = spec.BlockCount,
            ["num_attention_heads"] = c.Heads,
            ["num_key_value_heads"] = c.KeyValueHeads,
            ["head_dim"] = c.HeadWidth,
            ["hidden_act"] = "silu",
            ["max_position_embeddings"] = spec.Context,
            ["rms_norm_eps"] = Shortest(spec.Block(0).Flow.Norms[0].Epsilon),
            ["tie_word_embeddings"] = spec.IsTied,
        };
        if (spec.Family.Name == "llama")
            (json["attention_bias"], json["mlp_bias"]) = (query, feed);
        if (RotaryFactors.Rotary(spec) is { } rotary)
            Rotary(json, rotary, model.Source.Path);
        foreach (var name in (string[])["bos", "eos"])
            if (metadata.Integer($"tokenizer.ggml.{name}_token_id") is { } id)
                json[$"{name}_token_id"] = id;
        return json;
    }

    private static bool HasBias(ExportedModel model, string linear) => model.Spec.Config.HasTensor($"blk.0.{linear}.bias");

    private static void Rotary(JsonObject json, RotarySpec rotary, string path)
    {
        json["rope_theta"] = Shortest(rotary.Base);
        if (rotary.Scaling is { } scaling)
            json["rope_scaling"] = Scaling(scaling, path);
    }

    /// <summary>The file has 32 bits of it: the shortest number that gives them again.</summary>
    private static double Shortest(double value) => double.Parse(((float)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static JsonObject Scaling(IRotaryScaling scaling, string path) => scaling is LinearScaling linear
        ? new JsonObject { ["rope_type"] = "linear", ["factor"] = linear.Factor }
        : throw new LlmKickException($"'{path}' scales each rotary frequency by a factor of its own, which a config.json cannot say; export it as gguf, or from the original folder.");
}
