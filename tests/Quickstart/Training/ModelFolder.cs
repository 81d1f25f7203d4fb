using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Quickstart.Training;

/// <summary>Writes the trained weights as an ordinary Hugging Face folder in bfloat16. The tokenizer lies there already.</summary>
internal static class ModelFolder
{
    public static void Write(string folder, Weights weights)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        File.WriteAllText(Path.Combine(folder, "config.json"),
            Config(weights.Shape).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"),
            weights.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to_type(ScalarType.BFloat16)));
    }

    private static JsonObject Config(Shape shape) => new()
    {
        ["architectures"] = new JsonArray("LlamaForCausalLM"),
        ["model_type"] = "llama",
        ["torch_dtype"] = "bfloat16",
        ["vocab_size"] = shape.Vocabulary,
        ["hidden_size"] = shape.Width,
        ["intermediate_size"] = shape.Inner,
        ["num_hidden_layers"] = shape.Blocks,
        ["num_attention_heads"] = shape.Heads,
        ["num_key_value_heads"] = shape.Heads,
        ["head_dim"] = shape.HeadWidth,
        ["hidden_act"] = "silu",
        ["max_position_embeddings"] = shape.Context,
        ["rms_norm_eps"] = Shape.NormEpsilon,
        ["rope_theta"] = Shape.RotaryBase,
        ["attention_bias"] = false,
        ["mlp_bias"] = false,
        ["tie_word_embeddings"] = true,
        ["initializer_range"] = 0.02,
        ["use_cache"] = true,
        ["bos_token_id"] = 0,
        ["eos_token_id"] = 0,
    };
}
