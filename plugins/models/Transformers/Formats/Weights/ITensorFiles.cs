using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>The tensors of a folder's files under the names, types and shapes that they have there.</summary>
internal interface ITensorFiles : IDisposable
{
    /// <summary>The folder as it was given.</summary>
    string Path { get; }

    /// <summary>The files' format, for readers.</summary>
    string Format { get; }

    /// <summary>The files, absolute or as the folder was given.</summary>
    IReadOnlyList<string> Files { get; }

    IReadOnlyCollection<string> Names { get; }

    /// <summary>What a user should know of the files, in a sentence; null for nothing.</summary>
    string? Remark => null;

    bool Contains(string name);

    StoredTensor Describe(string name);

    /// <summary>The bytes of a small tensor, row by row; valid until the files are closed.</summary>
    ReadOnlySpan<byte> Bytes(string name);

    /// <summary>One slice of a tensor whose type torch has, by its place in the first dimension. On the CPU, owned by the caller.</summary>
    Tensor Read(string name, int slice)
    {
        using var scope = NewDisposeScope();
        return Read(name)[slice].clone().MoveToOuterDisposeScope();
    }

    /// <summary>A tensor in its own type, or as its bytes (uint8) where torch lacks the type: in its shape where an element is a byte, else
    /// flat. On the CPU, owned by the caller.</summary>
    Tensor Read(string name);
}
