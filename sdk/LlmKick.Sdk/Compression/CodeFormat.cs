namespace LlmKick.Sdk.Compression;

/// <summary>What the codes of a quantized weight stand for.</summary>
public enum CodeFormat
{
    /// <summary>scale · (code − zero), codes being 0 … 2^bits − 1.</summary>
    Integer,

    /// <summary>scale · the 8-bit float with 4 exponent and 3 mantissa bits, no infinities (FP8 Formats for Deep Learning, arXiv
    /// 2209.05433).</summary>
    Fp8E4M3,

    /// <summary>scale · one of 16 quantiles of a normal distribution (QLoRA, arXiv 2305.14314, appendix E).</summary>
    Nf4,

    /// <summary>scale · the 4-bit float with 2 exponent and 1 mantissa bits (OCP Microscaling Formats 1.0, section 5.3.3).</summary>
    Fp4E2M1,
}
