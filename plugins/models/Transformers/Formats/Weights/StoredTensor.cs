namespace LlmKick.Transformers.Formats.Weights;

/// <summary>A tensor as a file has it.</summary>
/// <param name="Dtype">Its element type, as safetensors files spell them: <c>BF16</c>, <c>I32</c>, <c>F8_E4M3</c>.</param>
/// <param name="Shape">Its shape in PyTorch order.</param>
/// <param name="Bytes">Bytes of its data.</param>
internal sealed record StoredTensor(string Dtype, IReadOnlyList<long> Shape, long Bytes);
