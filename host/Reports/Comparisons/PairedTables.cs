using LlmKick.Reports.Samples;

namespace LlmKick.Reports.Comparisons;

/// <summary>Two tables of samples and what they have in common.</summary>
/// <param name="Dense">The first.</param>
/// <param name="Here">The second.</param>
/// <param name="Pairs">The samples of both.</param>
internal sealed record PairedTables(SampleTable Dense, SampleTable Here, IReadOnlyList<PairedSample> Pairs)
{
    /// <summary>Pairs two tables.</summary>
    public static PairedTables Of(SampleTable dense, SampleTable here) => new(dense, here, PairedSample.Of(dense, here));
}

/// <summary>A sample that two variants answered.</summary>
/// <param name="Dense">What the first made of it: the untouched model, unless two others are compared.</param>
/// <param name="Here">What the second made of it.</param>
internal readonly record struct PairedSample(SampleRow Dense, SampleRow Here)
{
    /// <summary>What became of it.</summary>
    public Flip Flip => (Dense.Score, Here.Score) switch
    {
        (1, 0) => Flip.RightToWrong,
        (0, 1) => Flip.WrongToRight,
        (0, 0) => Dense.Answer == Here.Answer ? Flip.SameWrong : Flip.WrongToOtherWrong,
        (1, 1) => Flip.StaysRight,
        var (before, after) => before == after ? Flip.Same : after < before ? Flip.Lower : Flip.Higher,
    };

    /// <summary>The samples that two tables have in common, in the order of the second.</summary>
    public static IReadOnlyList<PairedSample> Of(SampleTable dense, SampleTable here)
    {
        var pairs = new List<PairedSample>(here.Rows.Count);
        for (var i = 0; i < here.Rows.Count; i++)
            if (dense.Find(here.Rows[i].Id, i) is { } before)
                pairs.Add(new PairedSample(before, here.Rows[i]));
        return pairs;
    }
}
