using LlmKick.Sdk.Options;

namespace LlmKick.Quantization;

/// <summary>Options of <see cref="LlmInt8"/>.</summary>
public sealed record LlmInt8Options : SelectionOptions
{
    /// <summary>From where on an input is multiplied as a float.</summary>
    [Option("Inputs of this size and above are multiplied as floats; 6 in the paper, lower is slower and more exact.",
        Min = 0.001, Max = 1e6)]
    public double Threshold { get; init; } = 6;
}
