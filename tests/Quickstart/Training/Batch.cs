using static TorchSharp.torch;

namespace LlmKick.Quickstart.Training;

/// <summary>Rows of tokens with what follows each and how much predicting it counts.</summary>
/// <param name="Tokens">int64 [rows, length].</param>
/// <param name="Targets">int64 [rows · length].</param>
/// <param name="Weights">float32 [rows · length].</param>
internal sealed record Batch(Tensor Tokens, Tensor Targets, Tensor Weights);
