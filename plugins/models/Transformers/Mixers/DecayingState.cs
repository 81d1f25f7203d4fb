using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Mixers;

/// <summary>
/// The recurrence S_t = g_t ⊙ S_(t−1) + k_t u_tᵀ, o_t = S_tᵀ q_t of linear attention with decay, in pieces of some tokens that are
/// computed as products (Mamba-2: Dao and Gu, arXiv 2405.21060, section 6). With strengths, u_t is what the state does not yet say of
/// k_t: u_t = β_t (v_t − (g_t ⊙ S_(t−1))ᵀ k_t) (gated delta rule: Yang et al., arXiv 2412.06464), found for a piece by one triangular
/// system. g is one number, or one for each channel of a key (Kimi Linear, arXiv 2510.26692).
/// </summary>
internal static class DecayingState
{
    // Products of pieces cost length · piece, steps between them length / piece.
    private const int Piece = 64;

    // Where channels decay apart, products of a piece cost length · piece exponentials of each. Factors e^sum · e^−sum would need none, but
    // overflow where a channel forgets at once.
    private const int PieceByChannel = 16;

    // Rounding in float32 moves log-probabilities by more than a text cut otherwise may: gates and norms behind magnify it.
    public const ScalarType Exact = ScalarType.Float64;

    /// <summary>Runs over tokens, in float64.</summary>
    /// <param name="queries">[batch, heads, length, key width].</param>
    /// <param name="keys">The same.</param>
    /// <param name="values">[batch, heads, length, value width].</param>
    /// <param name="decays">ln g, at most 0, [batch, heads, length, 1 or key width].</param>
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
        var most = decays.shape[^1] == 1 ? Piece : PieceByChannel;
        for (long first = 0; first < shape[2]; first += most)
        {
            var count = Math.Min(most, shape[2] - first);
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
        var sums = decays.cumsum(1);
        var ahead = ones([sums.shape[1], sums.shape[1]], ScalarType.Bool, sums.device).triu(1).unsqueeze(-1);
        var between = (sums.unsqueeze(2) - sums.unsqueeze(1)).masked_fill_(ahead, Number.Of(double.NegativeInfinity)).exp_();
        var sinceFirst = sums.exp();
        var written = strengths is null ? values
            : Unsaid(Products(keys, keys, between), values - bmm(keys * sinceFirst, state), strengths);
        var output = bmm(queries * sinceFirst, state).add_(bmm(Products(queries, keys, between), written), Number.One);
        var last = sums.narrow(1, sums.shape[1] - 1, 1);
        var untilLast = (last - sums).exp_();
        return (output, (last.exp().transpose(1, 2) * state).add_(bmm((keys * untilLast).transpose(1, 2), written), Number.One));
    }

    /// <summary>Σ over channels of row_i · key_j · decay from j to i, [heads, length, length].</summary>
    private static Tensor Products(Tensor rows, Tensor keys, Tensor between) => between.shape[^1] == 1
        ? bmm(rows, keys.transpose(1, 2)).mul_(between.squeeze(-1))
        : Shapes.MatMul(between * keys.unsqueeze(1), rows.unsqueeze(-1)).squeeze(-1);

    /// <summary>u of a piece: (1 + β ⊙ strictly lower (decayed K Kᵀ)) U = β ⊙ what the state before the piece does not say.</summary>
    private static Tensor Unsaid(Tensor products, Tensor unsaid, Tensor strengths)
    {
        var lower = products.mul_(strengths).tril(-1);
        var identity = eye(lower.shape[^1], dtype: lower.dtype, device: lower.device);
        return linalg.solve_triangular(lower.add_(identity, Number.One), unsaid * strengths, upper: false, unitriangular: true);
    }
}
