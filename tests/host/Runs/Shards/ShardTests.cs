using LlmKick.Runs.Plan;

namespace LlmKick.Tests.Runs.Shards;

public sealed class ShardTests
{
    [Theory]
    [InlineData("2/4", 2, 4)]
    [InlineData("1/1", 1, 1)]
    public void TryParse_Part_IsRead(string text, int index, int count) => Assert.Equal(new Shard(index, count), Shard.TryParse(text));

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("2")]
    [InlineData("2/4/6")]
    [InlineData("-1/2")]
    [InlineData("a/b")]
    public void TryParse_NoPart_IsNull(string text) => Assert.Null(Shard.TryParse(text));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(13)]
    public void Has_EveryBatch_BelongsToOnePart(int count)
    {
        foreach (var (unit, batch) in Batches())
            Assert.Single(Enumerable.Range(1, count), index => new Shard(index, count) is var shard && shard.Has(unit, batch)
                && shard.Touches(unit));
    }

    [Fact]
    public void Touches_AsManyVariantsAsParts_NoVariantIsCompressedTwice() =>
        Assert.All(Batches(), one => Assert.Single(Enumerable.Range(1, 5), index => new Shard(index, 5).Touches(one.Unit)));

    [Fact]
    public void Has_MorePartsThanVariants_EachHasWork() =>
        Assert.All(Enumerable.Range(1, 12), index => Assert.Contains(Batches(), one => new Shard(index, 12).Has(one.Unit, one.Batch)));

    /// <summary>Five variants, two tasks of four batches.</summary>
    private static IEnumerable<(UnitPlace Unit, int Batch)> Batches() =>
        from variant in Enumerable.Range(0, 5) from task in Enumerable.Range(0, 2) from batch in Enumerable.Range(0,
            4) select (new UnitPlace(variant, 5, task), batch);
}
