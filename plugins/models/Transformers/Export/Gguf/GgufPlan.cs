using LlmKick.Transformers.Formats.Blocks;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>A tensor that will be written to a GGUF file.</summary>
/// <param name="Name">Its GGUF name.</param>
/// <param name="Shape">Its shape in PyTorch order.</param>
/// <param name="Type">How it is stored.</param>
/// <param name="Read">Makes it as float32 on the CPU when its turn comes, into the caller's dispose scope.</param>
internal sealed record GgufPlan(string Name, long[] Shape, BlockType Type, Func<Tensor> Read)
{
    /// <summary>Whether <see cref="Read"/> makes blocks already, uint8 [rows, bytes a row].</summary>
    public bool IsPacked { get; init; }

    /// <summary>What it is made of, one after the other: itself, or the matrices of all experts.</summary>
    public IReadOnlyList<GgufPlan> Parts { get => field ?? [this]; init; }

    public long Length => Type.Length(Shape.Aggregate(1L, (product, size) => product * size));
}
