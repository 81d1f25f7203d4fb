namespace LlmKick.Transformers;

/// <summary>Where a model's blocks are while nothing is computed with them.</summary>
public enum WeightPlace
{
    /// <summary>In memory where they take at most half of it.</summary>
    Auto,

    /// <summary>In memory.</summary>
    Resident,

    /// <summary>In files.</summary>
    Streamed,
}
