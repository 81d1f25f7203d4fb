using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Positions;

/// <summary>Reads rotary settings of <c>config.json</c> in the spellings of transformers 4 and 5, and of GGUF metadata.</summary>
/// <param name="Config">The configuration.</param>
internal sealed record Rotary(ModelConfig Config)
{
    /// <summary>θ where no file names it.</summary>
    public double Base { get; init; } = 10000;

    /// <summary>The share of a head that is rotated where no file names it.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Numbers of a head, where rotated ones are apart; null for the configuration's.</summary>
    public int? HeadWidth { get; init; }

    /// <summary>θ of blocks with a window where settings do not go by kinds of blocks; null: they are rotated as the others.</summary>
    public double? LocalBase { get; init; }

    public bool Interleaved { get; init; }

    /// <summary>Whether the border dimensions of YaRN are rounded outwards where no file says, as GGUF files do not.</summary>
    public bool Truncates { get; init; } = true;

    /// <summary>The names of settings of blocks with and without a window, where they go by kinds of blocks.</summary>
    public (string Sliding, string Full) Kinds { get; init; } = ("sliding_attention", "full_attention");

    /// <summary>Whether numbers are turned the other way.</summary>
    public bool Reversed { get; init; }

    /// <summary>The rotation of blocks of a kind.</summary>
    /// <param name="sliding">Whether they have a window.</param>
    public RotarySpec Of(bool sliding = false)
    {
        if (Config.IsGguf)
            return GgufRotary.Read(this, sliding);
        var fields = Config.Fields;
        // The older spelling wins over the newer as a whole, its base included.
        var (older, newer) = (fields.Section("rope_scaling"), fields.Section("rope_parameters"));
        if (older is not null && newer is not null)
            Config.Note("rope_scaling stands beside rope_parameters and is used in place of all of it, as the reference does");
        var both = older ?? newer;
        if (both is not null && IsByKind(both))
            return Spec(both.Section(sliding ? Kinds.Sliding : Kinds.Full) ?? both.Section(Kinds.Full));
        if (sliding && LocalBase is { } local)
            return new RotarySpec(fields.Number(Keys.LocalRotaryBase) ?? local, Width(Share)) { Interleaved = Interleaved };
        return Spec(both);
    }

    private bool IsByKind(ConfigFields parameters) => parameters.Names.Any() && parameters.Names.All(name =>
        name == Kinds.Sliding || name == Kinds.Full || name.EndsWith("_attention", StringComparison.Ordinal));

    private RotarySpec Spec(ConfigFields? parameters)
    {
        var fields = Config.Fields;
        var own = fields.Number(Keys.RotaryBase);
        var inner = parameters?.Number("rope_theta");
        if (inner is not null && own is not null && inner != own)
            Config.Note(
                FormattableString.Invariant($"rope_theta is {own} beside the rotary parameters and {inner} inside them, which counts"));
        var theta = inner ?? own ?? Base;
        var top = fields.Number(Keys.RotaryShare);
        var share = parameters?.Number("partial_rotary_factor") ?? top ?? Share;
        var (scaling, rotatesWhole) = parameters is null ? (null, false) : RotaryScalings.Read(Config, parameters, share);
        return new RotarySpec(theta, Width(rotatesWhole ? 1 : share)) { Interleaved = Interleaved, Reversed = Reversed, Scaling = scaling };
    }

    private int Width(double share)
    {
        var whole = HeadWidth ?? Config.HeadWidth;
        var width = (int)(whole * share);
        if (share > 1 || width < 2 || width % 2 != 0)
            throw new LlmKickException($"'{Config.Path}' rotates a share of {share} of heads of width {whole}: {width} numbers, "
                + $"and an even number of 2 … {whole} is needed.");
        return width;
    }
}
