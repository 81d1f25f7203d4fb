using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Sdk.Solving;

/// <summary>Which weights a method removes by their scores, as tensor operations on any device. In the CPU's memory
/// <see cref="RankSelection"/> and <see cref="NmPattern.MarkLowest"/> are faster.</summary>
public static class LowestScores
{
    /// <summary>Marks every score that is at most the one at rank ⌊n·share⌋ (0 is the lowest), as Wanda's reference code does with
    /// magnitudes: that score goes too, with all that equal it.</summary>
    /// <param name="scores">Of one matrix.</param>
    /// <param name="share">Share of them, below 1.</param>
    /// <returns>bool, shaped like the scores; owned by the caller's dispose scope.</returns>
    public static Tensor UpToRank(Tensor scores, double share)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var (threshold, _) = scores.flatten().kthvalue((long)(scores.numel() * share) + 1, 0);
        return scores.le(threshold);
    }

    /// <summary>Marks the lowest scores of each row; of equal ones the lower index first.</summary>
    /// <param name="scores">[rows, columns]; M columns for an N:M pattern.</param>
    /// <param name="count">How many of each row; M − N for an N:M pattern.</param>
    /// <returns>bool [rows, columns], owned by the caller's dispose scope.</returns>
    public static Tensor OfRows(Tensor scores, int count)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var order = sort(scores, dim: 1, stable: true).indices.narrow(1, 0, count);
        return zeros(scores.shape, dtype: ScalarType.Bool, device: scores.device)
            .scatter_(1, order, ones(order.shape, dtype: ScalarType.Bool, device: scores.device));
    }
}
