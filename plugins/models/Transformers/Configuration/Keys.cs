namespace LlmKick.Transformers.Configuration;

/// <summary>The one table of settings: <c>config.json</c>'s spellings and GGUF's. Files are read and written from these rows.</summary>
internal static class Keys
{
    public static Key Width { get; } = new("embedding_length", "hidden_size", "n_embd", "n_embed", "d_model");
    public static Key Blocks { get; } = new("block_count", "num_hidden_layers", "n_layer", "n_layers");
    public static Key Heads { get; } = new("attention.head_count", "num_attention_heads", "n_head", "n_heads");
    public static Key KeyValueHeads { get; } = new("attention.head_count_kv", "num_key_value_heads", "num_kv_heads", "n_head_kv");
    public static Key HeadWidth { get; } = new("attention.key_length", "head_dim");
    public static Key FeedForwardWidth { get; } = new("feed_forward_length", "intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size");
    public static Key Context { get; } =
        new("context_length", "max_position_embeddings", "n_positions", "n_ctx", "max_seq_len", "seq_length",
            "model_max_length");
    public static Key Vocabulary { get; } = new("vocab_size", "vocab_size");
    public static Key RmsEpsilon { get; } = new("attention.layer_norm_rms_epsilon", "rms_norm_eps", "norm_eps", "layer_norm_eps",
        "layer_norm_epsilon");
    public static Key LayerEpsilon { get; } = new("attention.layer_norm_epsilon", "layer_norm_eps", "layer_norm_epsilon", "norm_epsilon");
    public static Key Activation { get; } = new(null, "hidden_act", "hidden_activation", "activation_function", "activation");
    public static Key Tied { get; } = new(null, "tie_word_embeddings");
    public static Key Window { get; } = new("attention.sliding_window", "sliding_window");
    public static Key UsesWindow { get; } = new(null, "use_sliding_window");
    public static Key FullBlocksFirst { get; } = new(null, "max_window_layers");
    public static Key BlockTypes { get; } = new(null, "layer_types");
    public static Key WindowPattern { get; } = new("attention.sliding_window_pattern", "sliding_window_pattern");
    public static Key AttentionBias { get; } = new(null, "attention_bias");
    public static Key QkvBias { get; } = new(null, "qkv_bias", "use_qkv_bias");
    public static Key OutputBias { get; } = new(null, "attention_out_bias");
    public static Key FeedForwardBias { get; } = new(null, "mlp_bias");
    public static Key Bias { get; } = new(null, "bias", "use_bias", "enable_bias");
    public static Key QueryScalar { get; } = new(null, "query_pre_attn_scalar");
    public static Key ScoreCap { get; } = new("attn_logit_softcapping", "attn_logit_softcapping");
    public static Key LogitCap { get; } = new("final_logit_softcapping", "final_logit_softcapping");
    public static Key LogitScale { get; } = new("logit_scale", "logit_scale");
    public static Key LogitDivisor { get; } = new("logit_scale", "logits_scaling");
    public static Key EmbeddingScale { get; } = new("embedding_scale", "embedding_multiplier");
    public static Key AttentionScale { get; } = new("attention.scale", "attention_multiplier");
    public static Key ResidualScale { get; } = new("residual_scale", "residual_multiplier");
    public static Key RotaryBase { get; } = new("rope.freq_base", "rope_theta", "rotary_emb_base");
    public static Key LocalRotaryBase { get; } = new("rope.freq_base_swa", "rope_local_base_freq");
    public static Key RotaryShare { get; } = new(null, "partial_rotary_factor", "rotary_pct");
    public static Key RotaryWidth { get; } = new("rope.dimension_count", "rotary_dim");
    public static Key OriginalContext { get; } = new("rope.scaling.original_context_length", "original_max_position_embeddings");
    public static Key ParallelBlocks { get; } = new("use_parallel_residual", "use_parallel_residual", "parallel_attn");
    public static Key Unrotated { get; } = new("no_rope_layers", "no_rope_layers");
    public static Key UnrotatedInterval { get; } = new(null, "no_rope_layer_interval");
    public static Key ByBlock { get; } = new(null, "per_layer_config");

    public static Key Experts { get; } =
        new("expert_count", "num_experts", "num_local_experts", "n_routed_experts", "moe_num_experts");
    public static Key ExpertsPerToken { get; } = new("expert_used_count", "num_experts_per_tok", "num_experts_per_token", "moe_k");
    public static Key ExpertWidth { get; } = new("expert_feed_forward_length", "moe_intermediate_size");
    public static Key SharedExpertWidth { get; } =
        new("expert_shared_feed_forward_length", "shared_expert_intermediate_size");
    public static Key QueryRank { get; } = new("attention.q_lora_rank", "q_lora_rank");
    public static Key KeyRank { get; } = new("attention.kv_lora_rank", "kv_lora_rank");
    public static Key PlainWidth { get; } = new(null, "qk_nope_head_dim");
    public static Key RotatedWidth { get; } = new("rope.dimension_count", "qk_rope_head_dim");
    public static Key ValueWidth { get; } = new("attention.value_length_mla", "v_head_dim");
    public static Key SharedExperts { get; } =
        new("expert_shared_count", "n_shared_experts", "moe_num_shared_experts", "num_shared_experts");
    public static Key ExpertGroups { get; } = new("expert_group_count", "n_group", "num_expert_group");
    public static Key ExpertGroupsPerToken { get; } = new("expert_group_used_count", "topk_group");
    public static Key DenseBlocksFirst { get; } = new("leading_dense_block_count", "first_k_dense_replace");
    public static Key NormalizesExperts { get; } = new("expert_weights_norm", "norm_topk_prob", "moe_renormalize", "route_norm");
    public static Key ExpertFactor { get; } = new("expert_weights_scale", "routed_scaling_factor", "moe_routed_scaling_factor",
            "router_scaling_factor", "route_scale");

    public static Key AlibiExponent { get; } = new("attention.max_alibi_bias", "alibi_bias_max");
    public static Key Clip { get; } = new("attention.clamp_kqv", "clip_qkv");
}
