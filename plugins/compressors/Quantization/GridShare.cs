namespace LlmKick.Quantization;

/// <summary>How many weights share a scale.</summary>
public enum GridShare
{
    /// <summary>Some consecutive inputs of an output row.</summary>
    Group,

    /// <summary>An output row.</summary>
    Channel,

    /// <summary>The whole matrix.</summary>
    Tensor,
}
