using LlmKick.Quantization;
using LlmKick.Sdk.Tensors;

namespace LlmKick.Tests.Quantization.Independent;

public sealed class KeyValueTests
{
    [Theory]
    [InlineData(8, null)]
    [InlineData(4, null)]
    [InlineData(4, 8)]
    [InlineData(2, 4)]
    public void Forward_RoundedKeysAndValues_AreThePapers(int bits, int? groupSize)
    {
        using var model = new TinyLlama(1);
        var block = new RestatedBlock(model.Open(0));
        var restated = new RestatedKeyValues(bits, groupSize ?? TinyLlama.Width / 2);
        var hidden = Rows.Of(model.Embed(TorchSharp.torch.arange(Number.Of(0), Number.Of(16), Number.One).view(1, 16)));
        new KvCache(new KvCacheOptions { Bits = bits, GroupSize = groupSize }).Run(model);
        using var actual = model.Open(0).Forward(Rows.ToTensor(hidden));
        var expected = block.Forward(hidden, (name, input) => Rows.Product(input, block.Weights[name]), restated.Round);
        Assert.InRange(restated.Rounding.ClosestTie, 5e-5, 0.5);
        Assert.InRange(Rows.Distance(Rows.Of(actual), expected), 0, 1e-4);
    }
}
