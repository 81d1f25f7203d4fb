using LlmKick.Sdk.Options;

namespace LlmKick.Sdk.Compression;

/// <summary>How methods that look at inputs treat experts, each of which sees no more tokens than its router sends it.</summary>
public sealed record ExpertCalibration
{
    /// <summary>The share of the calibration tokens below which those of an expert are too few to go by.</summary>
    /// <value>0.5 %, as GPTQModel has it; 0 for never.</value>
    [Option("An expert that is sent a smaller share of the calibration tokens has too few to go by; 0: never.",
        Syntax = "share or percents")]
    public Share Below { get; init; } = new(0.005);

    /// <summary>What becomes of such experts.</summary>
    [Option("What becomes of such experts. rtn: they are treated without data, rounded to nearest or pruned by magnitude; leave: they stay "
        + "as they are.")]
    public ColdExperts Then { get; init; } = ColdExperts.Rtn;

    /// <summary>Which tokens an expert is calibrated with.</summary>
    [Option("routed: an expert is calibrated with the tokens that it is sent; all: with every token, which takes as many times longer as "
        + "there are experts to each that a token has.")]
    public ExpertTokens Calibrate { get; init; } = ExpertTokens.Routed;

    /// <summary>Whether a group of linears is an expert's that saw too few tokens.</summary>
    /// <param name="group">The group.</param>
    /// <param name="tokens">Tokens that reached it.</param>
    /// <param name="all">Calibration tokens in all.</param>
    internal bool IsCold(LinearGroup group, long tokens, long all) => group.Linears[0].Expert is not null && tokens < Below.Value * all;
}

/// <summary>What becomes of experts that saw too few calibration tokens.</summary>
public enum ColdExperts
{
    /// <summary>They are treated as if nothing were known of their inputs: all alike, and none with another. Quantizers then round to
    /// nearest, and pruners go by magnitude.</summary>
    Rtn,

    /// <summary>They stay as they are.</summary>
    Leave,
}

/// <summary>Which tokens an expert is calibrated with.</summary>
public enum ExpertTokens
{
    /// <summary>Those that its router sends it.</summary>
    Routed,

    /// <summary>All; what the block computes stays what the router makes of it.</summary>
    All,
}
