namespace LlmKick.Sdk.Models;

/// <summary>A file with what an untouched model predicts: its hidden states before the output head.</summary>
/// <remarks>
/// Compression changes blocks alone, so that the output head makes of these states the very distributions that the untouched model had,
/// without rounding, at a small share of their size: with 49,152 tokens and a width of 576 a 43rd of 16-bit distributions. A variant that
/// computes in another data type than the untouched model applies the head in its own.
/// </remarks>
/// <param name="Path">The file (safetensors); <c>hidden</c> is [compared tokens, width] in the model's dtype.</param>
/// <param name="IsWritten">Whether the model that is asked is the untouched one, and writes the file; otherwise it reads it.</param>
public sealed record ReferenceStates(string Path, bool IsWritten);
