namespace LlmKick.Recipes;

/// <summary>Where calibration sequences come from.</summary>
internal enum CalibrationTake
{
    /// <summary>Tokens 0 … n·L − 1 of the whole tokenised text.</summary>
    First,

    /// <summary>Windows at random places of the whole tokenised text.</summary>
    Random,

    /// <summary>Documents longer than the length are drawn at random, and of each a random window.</summary>
    Documents,

    /// <summary>As GPTQ's code does, with its seed and Python's generator.</summary>
    Gptq,

    /// <summary>As Wanda's code does, with its seed and Python's generator.</summary>
    Wanda,

    /// <summary>As SparseGPT's code does, which is how Wanda's does it too.</summary>
    Sparsegpt,
}
