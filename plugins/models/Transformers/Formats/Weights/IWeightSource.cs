using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>A model's tensors by their Hugging Face names and in PyTorch order, whatever file they lie in.</summary>
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

    /// <summary>SHA-256, in hex, over the content of the files that decide the model. Reads them whole.</summary>
    string ContentHash();
}
