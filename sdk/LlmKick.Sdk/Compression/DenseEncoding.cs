namespace LlmKick.Sdk.Compression;

/// <summary>Every weight is stored in the model's dtype.</summary>
public sealed record DenseEncoding : LinearEncoding;
