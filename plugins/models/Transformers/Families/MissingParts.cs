namespace LlmKick.Transformers.Families;

/// <summary>Families whose models have a part that nothing here computes.</summary>
internal static class MissingParts
{
    private const string Streams = "hyper-connections, which are several streams of hidden states";
    private const string Indexed = "sparse attention whose tokens an indexer chooses";
    private const string Relative = "attention with a learned bias for each distance";
    private const string Blocks = "attention to the states of earlier blocks in place of a sum";

    private static readonly Dictionary<string, string> ByName = new(StringComparer.Ordinal)
    {
        ["axk1"] = "a norm of what experts put out together",
        ["axk2"] = $"norms with low-rank gates, and {Indexed}",
        ["deepseek_v32"] = Indexed,
        ["deepseek_v4"] = Streams,
        ["dots3_note"] = $"latents that are scaled by their rank, and {Indexed}",
        ["glm5_next"] = Streams,
        ["glm_moe_dsa"] = Indexed,
        ["hy_v4"] = Streams,
        ["inkling"] = Relative,
        ["inkling2"] = $"{Relative}, and {Blocks}",
        ["inkling2_loop"] = $"{Relative}, and blocks that run several times",
        ["mistral_large4"] = $"{Indexed}, and latents that blocks share",
        ["muse_spark"] = "gates of what is added to the hidden states",
        ["qwen4_exp"] = Streams,
        ["rwkv7"] = "a recurrent mixer that remembers the token before",
        ["step3p5"] = "gates that are cut off after their activation function",
    };

    /// <summary>The names in <c>model_type</c>; text models in wrappers have "_text" behind them.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>What a family has that is missing here; null for a family that is not known.</summary>
    public static string? Of(string name) =>
        ByName.GetValueOrDefault(name.EndsWith("_text", StringComparison.Ordinal) ? name[..^"_text".Length] : name);
}
