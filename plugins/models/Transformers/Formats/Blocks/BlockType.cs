namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>Turns whole blocks into float32.</summary>
internal delegate void BlockDecoder(ReadOnlySpan<byte> blocks, Span<float> values);

/// <summary>How a GGML type stores values: blocks of so many elements in so many bytes.</summary>
internal sealed record BlockType(uint Id, string Name, int Elements, int Bytes, BlockDecoder Decode);
