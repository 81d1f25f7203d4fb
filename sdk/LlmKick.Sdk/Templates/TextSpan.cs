namespace LlmKick.Sdk.Templates;

/// <summary>A part of a text, counted in code points.</summary>
/// <param name="Start">The first code point.</param>
/// <param name="End">The code point behind the last.</param>
public readonly record struct TextSpan(int Start, int End);
