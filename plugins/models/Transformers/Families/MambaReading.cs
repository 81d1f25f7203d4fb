using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>What several families with Mamba 2 read of a configuration in the same way.</summary>
internal static class MambaReading
{
    /// <summary>Limits of steps have no names in llama.cpp, which keeps them within none: they stand in keys of our own.</summary>
    public const string LeastStep = "ssm.time_step_min";
    public const string GreatestStep = "ssm.time_step_max";

    /// <summary>As GGUF metadata and tensors have it.</summary>
    /// <param name="c">The metadata.</param>
    /// <param name="block">The block.</param>
    /// <param name="module">What stands before its tensors' names.</param>
    public static Mamba2 MambaOfGguf(this ModelConfig c, int block, string module)
    {
        int Size(string key) => c.Fields.Need(c.Fields.Size(key), key);
        var (inner, heads) = (Size("ssm.inner_size"), Size("ssm.time_step_rank"));
        if (inner % heads != 0)
            throw new LlmKickException($"'{c.Path}' has recurrent mixers of {inner} numbers (ssm.inner_size), which {heads} heads "
                + "(ssm.time_step_rank) do not divide.");
        return new Mamba2(c.Width, heads, inner / heads, Size("ssm.state_size"), c.Fields.Size("ssm.group_count") ?? 1,
            Size("ssm.conv_kernel"))
        {
            Module = module,
            ConvolutionHasBias = c.HasTensor($"blk.{block}.ssm_conv1d.bias"),
            HasNorm = c.HasTensor($"blk.{block}.ssm_norm.weight"),
            Epsilon = c.Number(Keys.RmsEpsilon, 1e-5),
            Steps = (c.Fields.Number(LeastStep) ?? 0, c.Fields.Number(GreatestStep) ?? double.PositiveInfinity),
        }.Checked(c);
    }

    /// <summary>As Bamba, Granite 4 and Falcon-H1 spell it.</summary>
    /// <param name="c">The configuration.</param>
    /// <param name="block">The block.</param>
    public static Mamba2 Mamba(this ModelConfig c, int block)
    {
        if (c.IsGguf)
            return c.MambaOfGguf(block, "mamba");
        var heads = c.Fields.Size("mamba_n_heads") ?? 128;
        var inner = c.Fields.Size("mamba_d_ssm") ?? (long)(c.Fields.Size("mamba_expand") ?? 2) * c.Width;
        var width = c.Fields.Says("mamba_d_head", "auto") ? inner / heads : c.Fields.Size("mamba_d_head") ?? inner / heads;
        if (width * heads != inner || inner > ConfigFields.GreatestSize)
            throw new LlmKickException($"'{c.Path}' has a recurrent mixer of {inner} numbers (mamba_d_ssm, or mamba_expand times the width "
                + $"of {c.Width}) in {heads} heads (mamba_n_heads) of width {width} (mamba_d_head): these must be so many together, and "
                + "not more than any model has.");
        return new Mamba2(c.Width, heads, (int)width, c.Fields.Size("mamba_d_state") ?? 256, c.Fields.Size("mamba_n_groups") ?? 1,
            c.Fields.Size("mamba_d_conv") ?? 4)
        {
            HasBias = c.Fields.Flag("mamba_proj_bias") ?? false,
            ConvolutionHasBias = c.Fields.Flag("mamba_conv_bias") ?? true,
            Epsilon = c.Number(Keys.RmsEpsilon, 1e-5),
            Steps = c.StepLimits(),
        }.Checked(c);
    }

    /// <summary>What steps are kept within; the reference clamps sequences so, and does not clamp single tokens.</summary>
    public static (double Least, double Most) StepLimits(this ModelConfig c)
    {
        if (c.Fields.Limits("time_step_limit") is not { } limits)
            return (0, double.PositiveInfinity);
        return limits is [var least, var most] && least <= most ? (least, most)
            : throw new LlmKickException($"'{c.Path}' has a time_step_limit of {string.Join(", ", limits.Select(limit
                => limit.ToString(CultureInfo.InvariantCulture)))}: it needs two numbers, the least and the most.");
    }
}
