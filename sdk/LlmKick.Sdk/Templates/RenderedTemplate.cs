namespace LlmKick.Sdk.Templates;

/// <summary>What a template gave.</summary>
/// <param name="Text">The text.</param>
/// <param name="Spans">What its <c>generation</c> blocks wrote, in the order in which they ended.</param>
public sealed record RenderedTemplate(string Text, IReadOnlyList<TextSpan> Spans);
