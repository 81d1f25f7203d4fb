using System.Text;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>A small LoRA adapter with every kind of part, and ways to change its settings' patterns.</summary>
internal static class AdapterSamples
{
    public const string Settings = "adapter_config.json";
    public const string Weights = "adapter_model.safetensors";

    private static readonly string[] Odd = 
    [
        "", "^", "(", "[", "\\", "(a|aa)+$", "(.*)*x", "(?x)a#", "(?<=x)y", "(?<n>o)\\k<n>", "a{9999}", ".*", "^.*(.+)+!", "(?i)DOWN_PROJ",
    ];

    /// <summary>The adapter of <see cref="TinyCheckpoint"/>'s model, of which only what it changes has a size.</summary>
    public static Dictionary<string, byte[]> Files()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        const string Block = "base_model.model.model.layers.1.";
        SafetensorsWriter.Write(folder.File(Weights), new Dictionary<string, Tensor>
        {
            [Block + "self_attn.q_proj.lora_A.weight"] = ones(2, 16), [Block + "self_attn.q_proj.lora_B.weight"] = ones(16, 2),
            [Block + "mlp.down_proj.lora_A.weight"] = ones(3, 24), [Block + "mlp.down_proj.lora_B.weight"] = ones(16, 3),
            ["base_model.model.model.embed_tokens.lora_embedding_A"] = ones(2, TinyCheckpoint.Vocabulary),
            ["base_model.model.model.embed_tokens.lora_embedding_B"] = ones(16, 2),
            ["base_model.model.model.norm.modules_to_save.weight"] = ones(16),
        });
        var settings = new JsonObject
        {
            ["peft_type"] = "LORA", ["r"] = 2, ["lora_alpha"] = 4, ["bias"] = "none", ["use_rslora"] = true,
            ["fan_in_fan_out"] = false, ["use_dora"] = false, ["init_lora_weights"] = true,
            ["rank_pattern"] = new JsonObject { ["down_proj"] = 3 }, ["alpha_pattern"] = new JsonObject { ["^model.layers.1"] = 6.5 },
            ["target_modules"] = new JsonArray("q_proj", "down_proj"),
        };
        return new() { [Settings] = Encoding.UTF8.GetBytes(settings.ToJsonString()), [Weights] = File.ReadAllBytes(folder.File(Weights)) };
    }

    /// <summary>Another pattern.</summary>
    public static byte[] Pattern(byte[] valid, Random random)
    {
        var settings = JsonNode.Parse(valid)!;
        settings[random.Next(2) == 0 ? "rank_pattern" : "alpha_pattern"]![Odd[random.Next(Odd.Length)]] = 1 + random.Next(4);
        return Encoding.UTF8.GetBytes(settings.ToJsonString());
    }
}
