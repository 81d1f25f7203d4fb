namespace LlmKick.Pruning.Kernels;

/// <summary>Choice among a few neighbours, for N:M.</summary>
internal static class GroupSelection
{
    /// <summary>Marks the lowest scores; of equal ones the lower index first.</summary>
    /// <param name="scores">M scores.</param>
    /// <param name="removed">M marks, all set anew.</param>
    /// <param name="count">How many to mark.</param>
    public static void Lowest(ReadOnlySpan<float> scores, Span<bool> removed, int count)
    {
        removed.Clear();
        for (var round = 0; round < count; round++)
        {
            var least = -1;
            for (var i = 0; i < scores.Length; i++)
                if (!removed[i] && (least < 0 || scores[i] < scores[least]))
                    least = i;
            removed[least] = true;
        }
    }
}
