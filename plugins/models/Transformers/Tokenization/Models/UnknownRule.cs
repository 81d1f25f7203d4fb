namespace LlmKick.Transformers.Tokenization.Models;

/// <summary>What becomes of characters that no token stands for.</summary>
/// <param name="Id">The unknown token; null where there is none.</param>
/// <param name="Fuses">Whether several in a row are one unknown token.</param>
/// <param name="Bytes">Tokens of bytes, which come first; null where there are none.</param>
internal sealed record UnknownRule(int? Id, bool Fuses = false, ByteTokens? Bytes = null);
