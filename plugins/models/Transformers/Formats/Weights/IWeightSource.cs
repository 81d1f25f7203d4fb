using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>A model's tensors by the names that their files have, in PyTorch order, whatever file they lie in.</summary>
internal interface IWeightSource : IDisposable
{
    /// <summary>The file or folder as it was given.</summary>
    string Path { get; }

    IReadOnlyCollection<string> Names { get; }

    bool Contains(string name);

    IReadOnlyList<long> Shape(string name);

    /// <summary>The type that a tensor is stored in where that is float32, bfloat16 or float16; else null.</summary>
    ScalarType? StoredType(string name) => null;

    /// <summary>A tensor as float32, bfloat16 or float16 on the CPU, owned by the caller.</summary>
    Tensor Read(string name, ScalarType dtype);

    /// <summary>One slice of a tensor, without reading the others where the file allows it: as <see cref="Read(string,
    /// ScalarType)"/>.</summary>
    /// <param name="name">A tensor of at least two dimensions.</param>
    /// <param name="slice">Its place in the first of them.</param>
    /// <param name="dtype">As there.</param>
    Tensor Read(string name, int slice, ScalarType dtype);

    /// <summary>The integers that a linear's weight is stored as, owned by the caller's dispose scope; null where it is stored as
    /// floats.</summary>
    QuantizedWeight? Quantized(string name) => null;

    /// <summary>How a linear's weight is stored.</summary>
    LinearEncoding Encoding(string name) => LinearEncoding.Dense;

    /// <summary>What the reader should know of how this is computed, in a sentence; null where there is nothing to say.</summary>
    string? Remark => null;

    /// <summary>SHA-256, in hex, over the content of the files that decide the model. Reads them whole.</summary>
    string ContentHash();
}
