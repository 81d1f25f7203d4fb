namespace LlmKick.Transformers.Configuration;

/// <summary>Keys of <c>config.json</c> that no model computes with: training, generation, bookkeeping.</summary>
internal static class IdleKeys
{
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "_name_or_path", "_commit_hash", "architectures", "attention_dropout", "bos_token_id", "dtype", "eos_token_id", "hidden_dropout",
        "id2label", "initializer_range", "label2id", "model_name", "num_labels", "output_attentions", "output_hidden_states",
        "pad_token_id",
        "return_dict", "torch_dtype", "transformers.js_config", "transformers_version", "unsloth_fixed", "unsloth_version", "use_cache",
        "_attn_implementation_autoset", "attn_pdrop", "embd_pdrop", "resid_pdrop", "emb_pdrop", "init_std", "dropout", "layerdrop",
        "activation_dropout",
        "embd_layer_dropout", "classifier_dropout", "hidden_dropout_prob", "attention_probs_dropout_prob", "auto_map", "is_decoder",
        "is_encoder_decoder",
        "output_past", "tokenizer_class", "problem_type", "pretraining_tp", "sep_token_id", "decoder_start_token_id",
        "gradient_checkpointing", "max_length", "temperature", "top_k", "top_p",
    };

    public static bool Contains(string key) => Common.Contains(key);
}
