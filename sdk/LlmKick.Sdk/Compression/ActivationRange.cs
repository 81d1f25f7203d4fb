namespace LlmKick.Sdk.Compression;

/// <summary>Which inputs of a linear share a scale when they are rounded.</summary>
public enum ActivationRange
{
    /// <summary>Those of one token: the scale follows from them, at every product.</summary>
    Token,

    /// <summary>All: the scale was found in calibration and stays.</summary>
    Tensor,
}
