using LlmKick.Quantization;
using LlmKick.Sdk;
using LlmKick.Sdk.Tensors;
using LlmKick.Tests.Pruning;
using LlmKick.Tests.Transformers;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

/// <summary>8-bit activations in a whole model.</summary>
public sealed class LlmInt8Tests
{
    [Fact]
    public void Forward_Outliers_KeepTheModelWhereRoundingAllDoesNot()
    {
        double Error(double threshold)
        {
            using var scope = torch.NewDisposeScope();
            using var dense = Outlying();
            using var model = Outlying();
            new LlmInt8(new LlmInt8Options { Threshold = threshold }).Run(model);
            var tokens = torch.arange(Number.Of(0), Number.Of(30), Number.One).unsqueeze(0);
            var expected = dense.Forward(tokens, [30], null);
            return ((model.Forward(tokens, [30], null) - expected).norm() / expected.norm()).item<float>();
        }
        Assert.InRange(Error(6), 1e-5, Error(1e6) / 2);
    }

    [Fact]
    public void Forward_AnyBatch_GivesARowTheSame()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Outlying();
        new LlmInt8(new LlmInt8Options { Threshold = 2 }).Run(model);
        var tokens = torch.arange(Number.Of(0), Number.Of(40), Number.One).view(4, 10);
        var together = model.Open(0).Forward(model.Embed(tokens));
        for (var row = 0; row < 4; row++)
        {
            var alone = model.Open(0).Forward(model.Embed(tokens.narrow(0, row, 1)));
            // Codes are the same; sums of floats may be taken in another order.
            var scale = alone.abs().max().item<float>();
            Assert.Equal(0, (alone - together.narrow(0, row, 1)).abs().max().item<float>() / scale, 1e-6f);
        }
    }

    [Fact]
    public void Compress_ModelThatMultipliesFloatsOnly_IsRefused()
    {
        using var model = new TinyLlama(1);
        foreach (var method in (Sdk.Compression.ICompressor[])[new LlmInt8(new LlmInt8Options()),
            new SmoothQuant(new SmoothQuantOptions())])
            Assert.Contains("floats only", Assert.Throws<LlmKickException>(() => method.Run(new FloatsOnly(model), TinyLlama.Calibration()))
                .Message, StringComparison.Ordinal);
    }

    private static TinyLlama Outlying()
    {
        var model = new TinyLlama(2);
        using (torch.no_grad())
            foreach (var norm in model.Norms)
                norm.narrow(0, 3, 1).fill_(Number.Of(60));
        return model;
    }
}
