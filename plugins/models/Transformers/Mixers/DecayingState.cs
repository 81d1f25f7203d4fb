using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Mixers;

/// <summary>
/// The recurrence S_t = g_t S_(t−1) + k_t u_tᵀ, o_t = S_tᵀ q_t of linear attention with decay, in pieces of some tokens that are
/// computed as products (Mamba-2: Dao and Gu, arXiv 2405.21060, section 6). With strengths, u_t is what the state does not yet say of
/// k_t: u_t = β_t (v_t − (g_t S_(t−1))ᵀ k_t) (gated delta rule: Yang et al., arXiv 2412.06464), found for a piece by one triangular
/// system.
/// </summary>
internal static class DecayingState
{
    // Products of pieces cost length · piece, steps between them length / piece.
    private const int Piece = 64;

    // Rounding in float32 moves log-probabilities by more than a text cut otherwise may: gates and norms behind magnify it.
    public const ScalarType Exact = ScalarType.Float64;

    /// <summary>Runs over tokens, in float64.</summary>
    /// <param name="queries">[batch, heads, length, key width].</param>
    /// <param name="keys">The same.</param>
    /// <param name="values">[batch, heads, length, value width].</param>
    /// <param name="decays">ln g, at most 0, [batch, heads, length].</param>
    /// <param name="strengths">β, [batch, heads, length]; null where u is the value.</param>
    /// <param name="state">S before the first token, [batch, heads, key width, value width]; stays as it is.</param>
    /// <returns>o, shaped like the values, and S after the last token.</returns>
    public static (Tensor Outputs, Tensor State) Run(Tensor queries, Tensor keys, Tensor values, Tensor decays, Tensor? strengths,
        Tensor state)
    {
        using var scope = NewDisposeScope();
        var shape = values.shape;
        static Tensor W(Tensor t) => t.flatten(0, 1).to_type(Exact);
        (queries, keys, values, decays) = (W(queries), W(keys), W(values), W(decays));
        strengths = strengths is null ? null : W(strengths).unsqueeze(-1);
        var (outputs, whole) = (new List<Tensor>(), state.shape);
        state = W(state);
        for (long first = 0; first < shape[2]; first += Piece)
        {
            var count = Math.Min(Piece, shape[2] - first);
            Tensor Of(Tensor all) => all.narrow(1, first, count);
            using var piece = NewDisposeScope();
            var (output, next) = Next(Of(queries), Of(keys), Of(values), Of(decays), strengths is null ? null : Of(strengths), state);
            outputs.Add(output.MoveToOuterDisposeScope());
            state = next.MoveToOuterDisposeScope();
        }
        return (cat(outputs, 1).view(shape).MoveToOuterDisposeScope(), state.view(whole).MoveToOuterDisposeScope());
    }

    /// <summary>One piece; all without the dimension of heads.</summary>
    private static (Tensor Output, Tensor State) Next(Tensor queries, Tensor keys, Tensor values, Tensor decays, Tensor? strengths,
        Tensor state)
    {
        var sums = decays.cumsum(-1);
        var ahead = ones([sums.shape[^1], sums.shape[^1]], ScalarType.Bool, sums.device).triu(1);
        var between = (sums.unsqueeze(-1) - sums.unsqueeze(-2)).masked_fill_(ahead, Number.Of(double.NegativeInfinity)).exp_();
        var sinceFirst = sums.exp().unsqueeze(-1);
        var written = strengths is null ? values
            : Unsaid(keys, values - bmm(keys, state).mul_(sinceFirst), between, strengths);
        var output = bmm(queries, state).mul_(sinceFirst)
            .add_(bmm(bmm(queries, keys.transpose(1, 2)).mul_(between), written), Number.One);
        var last = sums.narrow(-1, sums.shape[^1] - 1, 1);
        var untilLast = (last - sums).exp_().unsqueeze(-1);
        return (output, (last.exp().unsqueeze(-1) * state).add_(bmm((keys * untilLast).transpose(1, 2), written), Number.One));
    }

    /// <summary>u of a piece: (1 + β ⊙ strictly lower (decay ⊙ K Kᵀ)) U = β ⊙ what the state before the piece does not say.</summary>
    private static Tensor Unsaid(Tensor keys, Tensor unsaid, Tensor between, Tensor strengths)
    {
        var lower = bmm(keys, keys.transpose(1, 2)).mul_(between).mul_(strengths).tril(-1);
        var identity = eye(lower.shape[^1], dtype: lower.dtype, device: lower.device);
        return linalg.solve_triangular(lower.add_(identity, Number.One), unsaid * strengths, upper: false, unitriangular: true);
    }
}
