namespace LlmKick.Sdk.Models;

/// <summary>A file of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its length.</param>
public sealed record ContentFile(string Name, long Bytes);
