namespace LlmKick.Sdk.Compression;

/// <summary>What is gathered of a linear group's inputs during calibration.</summary>
[Flags]
public enum InputStatistics
{
    /// <summary>Nothing: the weights are enough.</summary>
    None = 0,

    /// <summary>The mean of each input column's square: Σx² / sequences, as Wanda's reference code scales it.</summary>
    ColumnSquares = 1,

    /// <summary>H = 2/sequences · XᵀX, as SparseGPT's and GPTQ's reference code scales it.</summary>
    Hessian = 2,

    /// <summary>The inputs themselves. They take much memory: for methods that look at few sequences.</summary>
    Inputs = 4,

    /// <summary>The largest |x| of each input column.</summary>
    AbsMax = 8,
}
