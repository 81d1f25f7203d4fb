using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Families;

/// <summary>What several families read of a configuration in the same way.</summary>
internal static class Reading
{
    /// <summary>Whether the head is the embedding.</summary>
    public static bool IsTied(this ModelConfig c, bool otherwise = false) => c.IsGguf ? !c.HasTensor("output.weight") : c.Flag(Keys.Tied, otherwise);

    /// <summary>Whether linears have biases. GGUF metadata do not speak of it: the first block's tensor is there or not.</summary>
    public static bool HasBias(this ModelConfig c, Key key, string linear, bool otherwise = false) => c.IsGguf
        ? c.HasTensor($"blk.0.{GgufName(linear)}.bias")
        : c.Flag(key, otherwise);

    /// <summary>The activation function that a configuration names, or else the family's.</summary>
    public static Activation Activation(this ModelConfig c, Activation otherwise) =>
        c.Fields.Text(Keys.Activation) is { } name ? Layers.Activation.Find(name, c.Path) : otherwise;

    /// <summary>Gemma's: any form of GELU that is named is the tanh form.</summary>
    public static Activation GeluActivation(this ModelConfig c, string key) =>
        c.IsGguf || c.Fields.Text(key) is null or "gelu" ? Layers.Activation.GeluTanh : Layers.Activation.Find(c.Fields.Text(key)!, c.Path);

    /// <summary>What GGUF files of Gemma leave out: heads of 256, but for the largest models, whose scores go by the width of the hidden states.</summary>
    public static double QueryScalar(this ModelConfig c) => c.IsGguf && c.BlockCount is 46 or 62 ? (double)c.Width / c.Heads : c.IsGguf ? c.HeadWidth : 256;

    private static string GgufName(string linear) => linear switch
    {
        "self_attn.q_proj" => "attn_q",
        "self_attn.o_proj" => "attn_output",
        _ => "ffn_gate",
    };
}
