using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Families;

/// <summary>Norms as rows of families write them.</summary>
internal static class Norms
{
    /// <summary>An RMS norm of hidden states.</summary>
    public static NormSpec Rms(this ModelConfig c, string name, double offset = 0) => c.RmsOf(c.Width, name, offset);

    /// <summary>An RMS norm of so many numbers.</summary>
    public static NormSpec RmsOf(this ModelConfig c, int width, string name, double offset = 0, string? gguf = null) =>
        new(name, width, c.Number(Keys.RmsEpsilon, 1e-6)) { Offset = offset, Gguf = gguf };

    /// <summary>An RMS norm of so many numbers that has no weight.</summary>
    public static NormSpec Weightless(this ModelConfig c, int width, string name) => c.RmsOf(width, name) with { HasWeight = false };

    /// <summary>A LayerNorm of hidden states.</summary>
    public static NormSpec Layer(this ModelConfig c, string name, bool bias = true) =>
        new(name, c.Width, c.Number(Keys.LayerEpsilon, 1e-5)) { Centred = true, HasBias = bias };

    public static NormSpec QueryNorm(this ModelConfig c, int width, double offset = 0, string name = "self_attn.q_norm") =>
        c.RmsOf(width, name, offset, "attn_q_norm");

    public static NormSpec KeyNorm(this ModelConfig c, int width, double offset = 0, string name = "self_attn.k_norm") =>
        c.RmsOf(width, name, offset, "attn_k_norm");
}
