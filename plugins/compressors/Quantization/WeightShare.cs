namespace LlmKick.Quantization;

/// <summary>How many weights share a scale where activations are rounded too.</summary>
public enum WeightShare
{
    /// <summary>An output row.</summary>
    Channel,

    /// <summary>The whole matrix.</summary>
    Tensor,
}
