using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>What several families with Mamba 2 read of a configuration in the same way.</summary>
internal static class MambaReading
{
    /// <summary>As Bamba, Granite 4 and Falcon-H1 spell it.</summary>
    public static Mamba2 Mamba(this ModelConfig c)
    {
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
