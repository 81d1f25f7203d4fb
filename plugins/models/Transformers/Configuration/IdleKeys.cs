namespace LlmKick.Transformers.Configuration;

/// <summary>Keys of <c>config.json</c> that no model computes with: training, generation, bookkeeping.</summary>
internal static class IdleKeys
{
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "_name_or_path", "_commit_hash", "architectures", "attention_dropout", "bos_token_id", "dtype", "eos_token_id", "hidden_dropout",
        "id2label", "initializer_range", "label2id", "model_name", "num_labels", "output_attentions", "output_hidden_states", "pad_token_id",
        "return_dict", "torch_dtype", "transformers.js_config", "transformers_version", "unsloth_fixed", "unsloth_version", "use_cache",
        "_attn_implementation_autoset", "max_length", "temperature", "top_k", "top_p",
    };

    public static bool Contains(string key) => Common.Contains(key);
}
