using System.Text.Json.Nodes;

namespace LlmKick.Tests.Transformers.Adapters;

/// <summary>An adapter of a small model, and what it must do, stated apart from the product.</summary>
/// <param name="Base">The model's folder in the reference data.</param>
/// <param name="Settings">Beside r, lora_alpha and peft_type.</param>
/// <param name="Changes">What it changes.</param>
internal sealed record AdapterCase(string Base, JsonObject Settings, params IReadOnlyList<AdapterChange> Changes)
{
    public static Dictionary<string, AdapterCase> All { get; } = new()
    {
        ["two ranks and two alphas"] = new(
            "llama", new() { ["rank_pattern"] = new JsonObject { ["down_proj"] = 2 },
                ["alpha_pattern"] = new JsonObject { ["(.+)+!"] = 9, ["layers.1.mlp.down_proj"] = 6 } },
            new("model.layers.0.self_attn.q_proj", 4, 8 / 4.0), new("model.layers.1.mlp.down_proj", 2, 6 / 2.0),
            new("model.layers.2.mlp.down_proj", 2, 8 / 2.0)),
        ["rank-stabilized"] = new("llama", new() { ["use_rslora"] = true }, new AdapterChange("model.layers.2.mlp.up_proj", 4, 8 / 2.0)),
        ["a matrix of its own"] = new(
            "llama", new() { ["modules_to_save"] = new JsonArray("lm_head") }, new("model.layers.0.mlp.gate_proj", 4, 2),
            new("lm_head", 0, 0)),
        ["embedding"] = new("llama", new(), new AdapterChange("model.embed_tokens", 4, 2) { IsEmbedding = true }),
        ["stored transposed"] = new(
            "gpt2", new() { ["fan_in_fan_out"] = true }, new("transformer.h.0.attn.c_attn", 4, 2) { IsTransposed = true },
            new("transformer.h.1.attn.c_proj", 4, 2) { IsTransposed = true }),
        ["another prefix"] = new("wrapped-llava", new(), new AdapterChange("model.language_model.layers.1.mlp.down_proj", 4,
            2) { File = "language_model.model.layers.1.mlp.down_proj" }),
        ["fused"] = new("phi3", new(), new AdapterChange("model.layers.0.self_attn.qkv_proj", 4, 2)),
    };
}
