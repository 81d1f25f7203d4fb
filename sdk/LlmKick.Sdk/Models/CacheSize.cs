namespace LlmKick.Sdk.Models;

/// <summary>What a text takes in a model's cache.</summary>
/// <param name="Dtype">The type that the model is computed in, such as <c>float32</c>.</param>
/// <param name="TokenBytes">Bytes of each token: keys and values of all blocks, or what they are made of.</param>
/// <param name="StateBytes">Bytes of the states of recurrent mixers, whatever the text's length.</param>
public sealed record CacheSize(string Dtype, long TokenBytes, long StateBytes);
