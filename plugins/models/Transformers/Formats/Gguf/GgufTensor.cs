using LlmKick.Transformers.Formats.Blocks;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>One tensor of a GGUF file: shape in PyTorch order (the file has it reversed), offset from the start of the file.</summary>
internal sealed record GgufTensor(string Name, BlockType Type, long[] Shape, long Offset, long Length)
{
    /// <summary>Elements a row: the last dimension, always whole blocks.</summary>
    public long RowLength => Shape[^1];

    public long Rows => Shape[..^1].Aggregate(1L, (product, dimension) => product * dimension);

    public long RowBytes => RowLength / Type.Elements * Type.Bytes;
}
