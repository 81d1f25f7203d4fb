namespace LlmKick.Sdk.Models;

/// <summary>A tensor of a model's files.</summary>
/// <param name="Name">Its name in the files.</param>
/// <param name="Dtype">Its element type, by the format's name for it.</param>
/// <param name="Shape">Its shape in PyTorch order.</param>
/// <param name="Bytes">Bytes of its data, with scales, zeros and whatever else belongs to it.</param>
/// <param name="Zeros">How many of its values are zero, or null where they were not counted.</param>
public sealed record ContentTensor(string Name, string Dtype, IReadOnlyList<long> Shape, long Bytes, long? Zeros = null);
