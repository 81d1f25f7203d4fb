using System.Globalization;

namespace LlmKick.Runs.Plan;

/// <summary>One part of a run that is computed by itself: <c>2/4</c> is the second of four.</summary>
/// <remarks>
/// What belongs to it follows from the recipe alone. Compressing costs most, so that variants are dealt out whole as long as there is one
/// for every part; where there are more parts than variants, those that share a variant deal out its batches of samples.
/// </remarks>
/// <param name="Index">1 … <paramref name="Count"/>.</param>
/// <param name="Count">Parts in all.</param>
internal sealed record Shard(int Index, int Count)
{
    /// <summary>Reads <c>i/n</c>; null where it is no such.</summary>
    public static Shard? TryParse(string text) => text.Split('/') is [var index, var count]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && i >= 1 && i <= n && index[0] != '0' && count[0] != '0' ? new Shard(i, n) : null;

    /// <summary>The part that a batch belongs to.</summary>
    /// <param name="count">Parts in all.</param>
    /// <param name="unit">The batch's variant and task.</param>
    /// <param name="batch">Its place among the task's batches.</param>
    public static int Owner(int count, UnitPlace unit, int batch)
    {
        if (count <= unit.Variants)
            return 1 + (unit.Variant % count);
        var sharers = (count - unit.Variant + unit.Variants - 1) / unit.Variants;
        return 1 + unit.Variant + ((batch + unit.Task) % sharers * unit.Variants);
    }

    /// <summary>Whether anything of a variant may belong to this part.</summary>
    public bool Touches(UnitPlace unit) => Count <= unit.Variants ? Owner(Count, unit, 0) == Index
        : (Index - 1) % unit.Variants == unit.Variant;

    /// <summary>Whether a batch belongs to this part.</summary>
    public bool Has(UnitPlace unit, int batch) => Owner(Count, unit, batch) == Index;

    /// <inheritdoc/>
    public override string ToString() => $"{Index}/{Count}";
}
