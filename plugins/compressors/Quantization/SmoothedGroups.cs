namespace LlmKick.Quantization;

/// <summary>Which linears' inputs are smoothed.</summary>
public enum SmoothedGroups
{
    /// <summary>All whose scales a norm or a linear before them can take.</summary>
    All,

    /// <summary>Those after a norm (q, k, v, gate, up), as the paper does.</summary>
    Norms,
}
