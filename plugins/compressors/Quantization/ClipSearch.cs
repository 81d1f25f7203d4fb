using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>AWQ's search of how far each group's range is clipped: what the group adds to its output is to change least.</summary>
/// <remarks>The change, Σ (ΔW·x)² over inputs x, is ΔW·C·ΔWᵀ with C = Σ x·xᵀ of the group's columns: C is summed once.</remarks>
internal sealed class ClipSearch
{
    // n_grid, max_shrink and n_sample_token of the reference code.
    private const int Steps = 20;
    private const double MostShrinkage = 0.5;
    private const long Tokens = 512;
    private readonly Tensor _products;

    /// <param name="inputs">[…, inputs] each; some 512 tokens at equal distances are looked at.</param>
    /// <param name="groupSize">Columns of a group.</param>
    public ClipSearch(IReadOnlyList<Tensor> inputs, int groupSize)
    {
        using var scope = NewDisposeScope();
        var all = cat([.. inputs.Select(i => i.flatten(0, -2))]).to(ScalarType.Float32);
        var some = all.slice(0, 0, all.shape[0], Math.Max(1, all.shape[0] / Tokens));
        var missing = (groupSize - some.shape[1] % groupSize) % groupSize;
        var filled = missing == 0 ? some : cat([some, zeros([some.shape[0], missing], device: some.device)], 1);
        var groups = filled.reshape(filled.shape[0], -1, groupSize).transpose(0, 1);
        _products = groups.transpose(1, 2).bmm(groups).MoveToOuterDisposeScope();
    }

    /// <summary>Weights clipped to the best range of each row and group.</summary>
    /// <param name="groups">[rows, groups, size], float32; stays as it is.</param>
    /// <param name="scheme">The grid that they will be rounded to.</param>
    public Tensor Clip(Tensor groups, QuantizationScheme scheme)
    {
        using var scope = NewDisposeScope();
        var largest = groups.abs().amax([-1], keepdim: true);
        var best = largest.clone();
        var least = full_like(largest, Number.Of(float.PositiveInfinity));
        for (var step = 0; step < (int)(MostShrinkage * Steps); step++)
        {
            using var inner = NewDisposeScope();
            var limit = largest * Number.Of(1 - (double)step / Steps);
            var clipped = groups.minimum(limit).maximum(limit.neg());
            var error = Change(IntegerGrid.Fit(clipped, scheme).Round(clipped).sub_(groups));
            var better = error.lt(least);
            least.copy_(where(better, error, least));
            best.copy_(where(better, limit, best));
        }
        return groups.minimum(best).maximum(best.neg()).MoveToOuterDisposeScope();
    }

    /// <summary>ΔW·C·ΔWᵀ of every row and group, [rows, groups, 1].</summary>
    private Tensor Change(Tensor difference)
    {
        var byGroup = difference.transpose(0, 1);
        return byGroup.bmm(_products).mul_(byGroup).sum(-1).t().unsqueeze(-1);
    }
}
