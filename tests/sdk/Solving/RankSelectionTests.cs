using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Solving;

public sealed class RankSelectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Find_EveryKindOfValue_EqualsSorting(int count)
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, count)
            .Select(i => i % 5 == 0 ? 0 : i % 7 == 0 ? 1f : (float)Math.Pow(10, random.NextDouble() * 80 - 45)).ToArray();
        using var tensor = torch.tensor(values, [1, count]);
        var sorted = values.Order().ToArray();
        for (var rank = 0; rank < count; rank += 1 + count / 50)
        {
            var (value, before) = RankSelection.Find(values, rank, RankSelection.NewScratch());
            Assert.Equal(sorted[rank], value);
            Assert.Equal(rank - Array.IndexOf(sorted, sorted[rank]), before);
            Assert.Equal(sorted[rank], RankSelection.Find(new FloatMatrix(tensor), 0, 1, rank));
        }
    }

    [Fact]
    public void Find_PartOfTheRows_LooksAtNoOther()
    {
        using var tensor = torch.arange(Number.Of(0), Number.Of(600), Number.One, dtype: torch.float32).view(6, 100);
        Assert.Equal(250f, RankSelection.Find(new FloatMatrix(tensor), 2, 5, 50));
    }

    [Fact]
    public void FloatMatrix_OfATensorThatIsNoPlainMatrix_IsRefused()
    {
        using var tensor = torch.zeros(4, 6);
        Assert.Throws<ArgumentException>(() => new FloatMatrix(tensor.t()));
        Assert.Throws<ArgumentException>(() => new FloatMatrix(tensor.to(torch.float64)));
    }
}
