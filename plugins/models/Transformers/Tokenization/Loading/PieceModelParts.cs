using LlmKick.Transformers.Tokenization.Models;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>What the <c>model</c> part gives.</summary>
/// <param name="Model">Turns pieces into ids.</param>
/// <param name="Widths">Bytes that ids take of a piece; negative where that depends on the piece.</param>
/// <param name="ReadsBytes">Whether pieces are given to it as they are, and not spelled in the byte alphabet.</param>
/// <param name="Cuts">Cuts that change nothing but the speed; null where there are none.</param>
internal sealed record PieceModelParts(IPieceModel Model, Func<int, int> Widths, bool ReadsBytes = false, IPreTokenizer? Cuts = null);
