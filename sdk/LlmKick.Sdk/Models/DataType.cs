namespace LlmKick.Sdk.Models;

/// <summary>The element type that a model is computed in.</summary>
public enum DataType
{
    /// <summary>Chosen for the device: float32 on a CPU, bfloat16 on a GPU.</summary>
    Auto,

    /// <summary>32-bit floats.</summary>
    Float32,

    /// <summary>bfloat16: float32's range, 8 bits of precision.</summary>
    Bfloat16,

    /// <summary>IEEE half precision; far slower than float32 on most CPUs.</summary>
    Float16,
}
