using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Quantization.Independent;

/// <summary>Outliers meet the weights of 8 bits, as in the released code for inference; everything else is the paper's to the
/// letter.</summary>
public sealed class LlmInt8Tests
{
    private const double NoOutliers = 100;

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(2.5, true)]
    [InlineData(6, true)]
    [InlineData(NoOutliers, false)]
    public void Forward_CompressedLinear_IsThePapersProduct(double threshold, bool roundedOutliers)
    {
        using var model = new TinyLlama(1);
        var block = new RestatedBlock(model.Open(0));
        new LlmInt8(new LlmInt8Options { Threshold = threshold }).Run(model);
        Assert.All(model.Linears, linear =>
        {
            using var input = Inputs(linear.Inputs);
            using var actual = linear.Forward(input);
            var restated = new RestatedLlmInt8(threshold);
            var expected = Multiply(restated, block, linear, Rows.Of(input), roundedOutliers);
            Assert.InRange(restated.Rounding.ClosestTie, 2e-5, 0.5);
            Assert.InRange(Rows.Distance(Rows.Of(actual), expected), 0, 1e-5);
        });
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(1.5, true)]
    [InlineData(NoOutliers, false)]
    public void Forward_CompressedBlock_IsThePapersProduct(double threshold, bool roundedOutliers)
    {
        using var model = new TinyLlama(1);
        var (block, restated) = (new RestatedBlock(model.Open(0)), new RestatedLlmInt8(threshold));
        using var input = Inputs(TinyLlama.Width);
        new LlmInt8(new LlmInt8Options { Threshold = threshold }).Run(model);
        using var actual = model.Open(0).Forward(input);
        var expected = block.Forward(Rows.Of(input),
            (name, x) => Multiply(restated, block, model.Linears.Single(linear => linear.Name == name), x, roundedOutliers));
        Assert.InRange(restated.Rounding.ClosestTie, 5e-5, 0.5);
        Assert.InRange(Rows.Distance(Rows.Of(actual), expected), 0, 1e-4);
    }

    private static double[][] Multiply(RestatedLlmInt8 restated, RestatedBlock block, Linear linear, double[][] input, bool roundedOutliers)
    {
        var weight = block.Weights[linear.Name];
        return restated.Multiply(input, weight, WeightCodes.Require(linear, weight, RestatedLlmInt8.Steps(weight)), roundedOutliers);
    }

    /// <summary>float32 [1, 6, width], with a few that are far larger than the rest.</summary>
    private static torch.Tensor Inputs(int width)
    {
        using var random = new torch.Generator(5);
        using var scope = torch.NewDisposeScope();
        var inputs = torch.randn([1, 6, width], generator: random);
        return (inputs * torch.where(inputs.abs() > Number.Of(1.8), 4, 1)).MoveToOuterDisposeScope();
    }
}
