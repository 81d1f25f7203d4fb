using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>How a quantization method stores a linear: several tensors under the linear's name in place of its weight.</summary>
internal interface IPackedFormat
{
    /// <summary>The method with its settings, in words.</summary>
    string Description { get; }

    /// <summary>What is computed otherwise than the checkpoint's makers do, in a sentence; or null.</summary>
    string? Remark => null;

    /// <summary>Last parts of the names of tensors that only a packed linear has.</summary>
    IReadOnlyList<string> Markers { get; }

    /// <summary>Last parts of the names of all tensors that stand for a packed linear's weight.</summary>
    IReadOnlyList<string> Parts { get; }

    /// <summary>The element type of a packed linear, for readers: <c>int4</c>.</summary>
    string Dtype(string module);

    /// <summary>Outputs and inputs of a packed linear.</summary>
    IReadOnlyList<long> Shape(string module);

    /// <summary>A packed linear's integers, owned by the caller's dispose scope; null where its weight is not quantized.</summary>
    QuantizedWeight? Quantized(string module);

    /// <summary>A packed linear's weight, owned by the caller's dispose scope.</summary>
    Tensor Read(string module)
    {
        using var scope = NewDisposeScope();
        return Quantized(module)!.Decode().MoveToOuterDisposeScope();
    }

    /// <summary>How a packed linear that is not quantized is stored.</summary>
    LinearEncoding Encoding(string module) => LinearEncoding.Dense;
}
