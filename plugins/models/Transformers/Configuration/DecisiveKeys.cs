using System.Text.Json;

namespace LlmKick.Transformers.Configuration;

/// <summary>Keys of <c>config.json</c> that change what some family computes: a family that does not know them cannot be trusted to compute
/// right.</summary>
internal static class DecisiveKeys
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "alibi", "attention_bias", "attention_chunk_size", "attention_multiplier", "attn_logit_softcapping", "clip_qkv",
        "embedding_multiplier", "final_logit_softcapping",
        "kv_lora_rank", "layer_rope_theta", "layer_types", "logit_scale", "logits_scaling", "mlp_bias", "moe_apply_router_weight_on_input",
        "moe_intermediate_size",
        "n_routed_experts", "no_rope_layers", "num_experts",
        "num_kv_shared_layers", "num_local_experts", "parallel_attn", "partial_rotary_factor", "per_layer_config", "prefix_lm",
        "qk_layernorm", "query_pre_attn_scalar",
        "residual_multiplier", "rope_parameters", "rope_scaling", "rotary_dim", "rotary_pct", "scale_depth", "scale_emb", "use_alibi",
        "use_bias", "use_parallel_residual", "use_qk_norm",
    };

    /// <summary>Whether a key, with its value, changes what is computed.</summary>
    public static bool Contains(string key, JsonElement value) => Names.Contains(key) && value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray()
            .Any(item => item.ValueKind != JsonValueKind.String || ModelConfig.TypeOf(item.GetString()!) != "full_attention"),
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => Asks(value),
    };

    /// <summary>Whether a value asks for anything: null, false, 0 and a factor of 1 do not.</summary>
    public static bool Asks(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.Number => !(value.TryGetDouble(out var number) && number is 0 or 1),
        _ => true,
    };
}
