namespace LlmKick.Sdk.Compression;

/// <summary>Which groups of a block are calibrated at once.</summary>
internal static class CalibrationTurns
{
    /// <summary>
    /// The turns, each of groups by their places in the block. Where inputs are to have passed the compressed groups before, a turn has the
    /// groups of one stage: those of a dense part one by one, all experts' together, as none reads what another makes. Else there is one
    /// turn; where its Hessians take more than the budget there are several, the last groups first, so that no group's inputs have passed
    /// what was compressed before it. A turn then takes no more than a quarter of the budget, or than the largest group does anyway:
    /// passing the inputs again costs little beside solving, and the quantized weights of earlier turns fill the memory too.
    /// </summary>
    /// <param name="groups">The block's, in the order of the forward pass.</param>
    /// <param name="plan">What the method wants.</param>
    /// <param name="budget">Bytes of Hessians in a turn.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<LinearGroup> groups, PassPlan plan, long budget)
    {
        var all = Enumerable.Range(0, groups.Count);
        long Bytes(int index) => BytesOf(groups[index].Inputs, plan.Needs);
        var most = CompressionContext.StatisticsAtOnce(all.Sum(Bytes), all.Max(Bytes), budget);
        if (plan.Origin == InputOrigin.CompressedGroups)
            return [.. all.GroupBy(index => StageOf(groups, index)).SelectMany(stage => Cut(stage, Bytes, most))];
        if (plan.Prepare is not null || plan.Origin == InputOrigin.Original)
            return [[.. all]];
        return [.. Cut(all.Reverse(), Bytes, most).Select(turn => turn.Order().ToList())];
    }

    /// <summary>Bytes of what is summed of a group's inputs.</summary>
    public static long BytesOf(long inputs, InputStatistics needs) =>
        needs.HasFlag(InputStatistics.Hessian) ? sizeof(float) * inputs * inputs : 0;

    /// <summary>The first of the neighbouring groups of experts that do the same; of a dense part, the group itself.</summary>
    private static int StageOf(IReadOnlyList<LinearGroup> groups, int index)
    {
        while (index > 0 && groups[index].Linears[0] is { Expert: not null } own
            && groups[index - 1].Linears[0] is { Expert: not null } other && other.Role == own.Role)
            index--;
        return index;
    }

    private static IEnumerable<List<int>> Cut(IEnumerable<int> places, Func<int, long> bytesOf, long most)
    {
        var turn = new List<int>();
        long bytes = 0;
        foreach (var place in places)
        {
            if (turn.Count > 0 && bytes + bytesOf(place) > most)
            {
                yield return turn;
                (turn, bytes) = ([], 0);
            }
            turn.Add(place);
            bytes += bytesOf(place);
        }
        if (turn.Count > 0)
            yield return turn;
    }
}
