namespace LlmKick.Transformers.Tokenization.SentencePiece;

/// <summary>How SentencePiece treats spaces.</summary>
/// <param name="AddsPrefix">Whether a text gets one in front.</param>
/// <param name="RemovesExtra">Whether those at the ends go, and all of a run but one.</param>
/// <param name="Escapes">Whether they become a visible mark.</param>
/// <param name="IsSuffix">Whether words end in them instead of beginning with them.</param>
internal sealed record SpaceRules(bool AddsPrefix = true, bool RemovesExtra = true, bool Escapes = true, bool IsSuffix = false);
