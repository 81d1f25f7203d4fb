using LlmKick.Sdk.Options;

namespace LlmKick.Quantization;

/// <summary>Options of <see cref="SmoothQuant"/>.</summary>
public sealed record SmoothQuantOptions : SelectionOptions
{
    /// <summary>How much of the difficulty goes from activations to weights.</summary>
    [Option("How much of the inputs' spread the weights take over: 0 none, 1 all; 0.5 suits most models, 0.75 and more those with large "
        + "outliers.", Min = 0, Max = 1, InName = true)]
    public double Alpha { get; init; } = 0.5;

    /// <summary>Where the scales of activations come from.</summary>
    [Option("Scales of activations: each token's own (dynamic), or one found in calibration (static), which is faster on some hardware "
        + "and loses more.")]
    public ActivationKind Activations { get; init; } = ActivationKind.Dynamic;

    /// <summary>How many weights share a scale.</summary>
    [Option("What shares a scale: a row (channel), or the whole matrix (tensor) as in the paper's O1 to O3, which loses more.")]
    public WeightShare Weights { get; init; } = WeightShare.Channel;

    /// <summary>Which linears' inputs are smoothed.</summary>
    [Option(
        "Inputs that are smoothed: all that a norm or linear before can take the scales of, or those after norms alone, as in the paper.")]
    public SmoothedGroups Smooth { get; init; } = SmoothedGroups.All;
}

/// <summary>Which linears' inputs are smoothed.</summary>
public enum SmoothedGroups
{
    /// <summary>All whose scales a norm or a linear before them can take.</summary>
    All,

    /// <summary>Those after a norm (q, k, v, gate, up), as the paper does.</summary>
    Norms,
}

/// <summary>Where the scales of activations come from.</summary>
public enum ActivationKind
{
    /// <summary>Each token's own, found while the model runs.</summary>
    Dynamic,

    /// <summary>One for all tokens, found in calibration.</summary>
    Static,
}

/// <summary>How many weights share a scale where activations are rounded too.</summary>
public enum WeightShare
{
    /// <summary>An output row.</summary>
    Channel,

    /// <summary>The whole matrix.</summary>
    Tensor,
}
