using LlmKick.Sdk.Testing;
using Xunit;

namespace Contoso.Plugin_1.Tests;

public sealed class RowMagnitudeTests
{
    [Fact]
    public void Compress_HalfOfEachRow_KeepsTheLargest()
    {
        using var model = new TinyLlama();
        var before = model.Linears.First().Weight.data<float>().ToArray();

        new RowMagnitude(new RowMagnitudeOptions { Sparsity = 0.5 }).Run(model);

        var after = model.Linears.First();
        foreach (var (row, kept) in before.Chunk(after.Inputs).Zip(after.Weight.data<float>().ToArray().Chunk(after.Inputs)))
        {
            var threshold = row.Select(Math.Abs).Order().ElementAt(after.Inputs / 2);
            Assert.Equal(row.Select(weight => Math.Abs(weight) >= threshold ? weight : 0), kept);
        }
    }
}
