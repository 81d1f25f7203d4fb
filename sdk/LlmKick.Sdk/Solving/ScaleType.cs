namespace LlmKick.Sdk.Solving;

/// <summary>How many digits scales have.</summary>
public enum ScaleType
{
    /// <summary>24 bits of precision, as the methods' reference codes compute.</summary>
    Float32,

    /// <summary>11 bits of precision, as files of GPTQ and AWQ have them.</summary>
    Float16,

    /// <summary>8 bits of precision, as files of bfloat16 models often have them.</summary>
    Bfloat16,
}
