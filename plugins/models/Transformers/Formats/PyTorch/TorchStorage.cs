using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>Elements in a row, which tensors are views of.</summary>
/// <param name="Key">The name of the archive's entry.</param>
/// <param name="Dtype">The element type; null where the tensors say it.</param>
/// <param name="Count">Elements, or bytes where the type is not known.</param>
internal sealed record TorchStorage(string Key, SafetensorsDtype? Dtype, long Count);
