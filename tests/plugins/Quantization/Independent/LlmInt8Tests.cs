using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Tests.Quantization.Independent;

public sealed class LlmInt8Tests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(2.5)]
    [InlineData(6)]
    public void Forward_CompressedLinear_IsThePapersProduct(double threshold)
    {
        using var model = new TinyLlama(1);
        var linears = model.Open(0).Groups.SelectMany(group => group.Linears).ToArray();
        var weights = linears.Select(linear => Rows.Of(linear.Weight)).ToArray();
        new LlmInt8(new LlmInt8Options { Threshold = threshold }).Run(model);
        Assert.All(linears.Zip(weights), pair => Compare(pair.First, pair.Second, threshold));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(6)]
    public void Forward_CompressedBlock_IsThePapersProduct(double threshold)
    {
        using var model = new TinyLlama(1);
        var block = new RestatedBlock(model.Open(0));
        var restated = new RestatedLlmInt8(threshold);
        var hidden = Rows.Of(Inputs(TinyLlama.Width));
        new LlmInt8(new LlmInt8Options { Threshold = threshold }).Run(model);
        using var actual = model.Open(0).Forward(Rows.ToTensor(hidden));
        var expected = block.Forward(hidden, (name, input) => restated.Multiply(input, block.Weights[name], roundedOutliers: false));
        Assert.InRange(restated.Rounding.ClosestTie, 1e-5, 0.5);
        Assert.InRange(Rows.Distance(Rows.Of(actual), expected), 0, 1e-4);
    }

    private static void Compare(Linear linear, double[][] weight, double threshold)
    {
        var restated = new RestatedLlmInt8(threshold);
        using var input = Inputs(linear.Inputs);
        using var actual = linear.Forward(input);
        var expected = restated.Multiply(Rows.Of(input), weight, roundedOutliers: false);
        Assert.InRange(restated.Rounding.ClosestTie, 1e-5, 0.5);
        Assert.InRange(Rows.Distance(Rows.Of(actual), expected), 0, 1e-4);
    }

    /// <summary>float32 [1, 8, width], with a few that are far larger than the rest.</summary>
    private static torch.Tensor Inputs(int width)
    {
        using var random = new torch.Generator(5);
        using var scope = torch.NewDisposeScope();
        var inputs = torch.randn([1, 8, width], generator: random);
        return (inputs * torch.where(inputs.abs() > 2, 4, 1)).MoveToOuterDisposeScope();
    }
}
