namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>Turns whole blocks into float32.</summary>
internal delegate void BlockDecoder(ReadOnlySpan<byte> blocks, Span<float> values);

/// <summary>Turns float32 into whole blocks, as ggml's reference quantisers do.</summary>
internal delegate void BlockEncoder(ReadOnlySpan<float> values, Span<byte> blocks);

/// <summary>How a GGML type stores values: blocks of so many elements in so many bytes.</summary>
internal sealed record BlockType(uint Id, string Name, int Elements, int Bytes, BlockDecoder Decode, BlockEncoder? Encode = null)
{
    /// <summary>Whether each value is a float by itself.</summary>
    public bool IsPlain => Elements == 1;

    /// <summary>Whether a zero is stored as a zero: true where codes lie around a middle.</summary>
    public bool KeepsZeros => Name is "Q4_0" or "Q5_0" or "Q8_0" or "Q3_K" or "Q6_K" || IsPlain;

    /// <summary>Bytes of some values, whole blocks.</summary>
    public long Length(long values) => values / Elements * Bytes;
}
