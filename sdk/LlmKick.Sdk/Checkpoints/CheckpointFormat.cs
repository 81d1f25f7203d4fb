namespace LlmKick.Sdk.Checkpoints;

/// <summary>A kind of file or folder that a model can be written as.</summary>
/// <param name="Name">The name in recipes, such as <c>gguf</c>.</param>
/// <param name="Help">One line on what it holds.</param>
/// <param name="Types">How values are stored where the format leaves a choice, such as <c>Q4_K_M</c> or <c>bfloat16</c>; the first is the
/// default. Empty where there is none.</param>
/// <param name="Extension">The ending of its file with the dot; null where it is a folder.</param>
public sealed record CheckpointFormat(string Name, string Help, IReadOnlyList<string> Types, string? Extension = null);
