namespace LlmKick.Transformers.Formats.Weights;

/// <summary>Hugging Face names to GGUF names: <c>model.layers.3.self_attn.q_proj.bias</c> to <c>blk.3.attn_q.bias</c>.</summary>
internal static class GgufTensorNames
{
    private const string LayerPrefix = "model.layers.";
    private const string BlockPrefix = "blk.";

    private static readonly (string HuggingFace, string Gguf)[] Modules =
    [
        ("model.embed_tokens", "token_embd"),
        ("model.norm", "output_norm"),
        ("lm_head", "output"),
        ("input_layernorm", "attn_norm"),
        ("self_attn.q_proj", "attn_q"),
        ("self_attn.k_proj", "attn_k"),
        ("self_attn.v_proj", "attn_v"),
        ("self_attn.o_proj", "attn_output"),
        ("post_attention_layernorm", "ffn_norm"),
        ("mlp.gate_proj", "ffn_gate"),
        ("mlp.up_proj", "ffn_up"),
        ("mlp.down_proj", "ffn_down"),
    ];

    private static readonly Dictionary<string, string> ToGgufTable = Modules.ToDictionary(row => row.HuggingFace, row => row.Gguf);
    private static readonly Dictionary<string, string> FromGgufTable = Modules.ToDictionary(row => row.Gguf, row => row.HuggingFace);

    /// <summary>The name in the file; a name that the table does not know stays as it is.</summary>
    public static string ToGguf(string name) => Translate(name, LayerPrefix, BlockPrefix, ToGgufTable);

    /// <summary>The Hugging Face name; a name that the table does not know stays as it is.</summary>
    public static string FromGguf(string name) => Translate(name, BlockPrefix, LayerPrefix, FromGgufTable);

    private static string Translate(string name, string from, string to, Dictionary<string, string> table)
    {
        var number = name.StartsWith(from, StringComparison.Ordinal) ? name.IndexOf('.', from.Length) + 1 : 0;
        var end = name.LastIndexOf('.');
        if (end < number || !table.TryGetValue(name[number..end], out var module))
            return name;
        return (number > 0 ? to + name[from.Length..number] : "") + module + name[end..];
    }
}
