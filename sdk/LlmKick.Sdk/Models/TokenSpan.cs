namespace LlmKick.Sdk.Models;

/// <summary>A token with the part of the text that it stands for.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="Start">Where its part begins, in UTF-16 units of the text (indices of a <see cref="string"/>).</param>
/// <param name="End">Where its part ends, exclusive. A token that no part of the text made, such as a beginning-of-text token, has an empty
/// part.</param>
public readonly record struct TokenSpan(int Id, int Start, int End);
