using LlmKick.Sdk.Compression;

namespace LlmKick.Transformers.Weights;

/// <summary>A tensor that a configuration asks for.</summary>
/// <param name="Name">Its Hugging Face name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Block">The block that it is in, or null.</param>
/// <param name="Linear">The linear whose weight it is, or null.</param>
internal sealed record TensorPlace(string Name, long[] Shape, int? Block = null, LinearPlace? Linear = null);
