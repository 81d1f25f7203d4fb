using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Tensors;

/// <summary>Products of a few rows beside the same in float64.</summary>
public sealed class LinearProductTests
{
    public static TheoryData<int, int, int> Shapes => new(
        from rows in new[] { 1, 2, 3, 4, 5, 8, 9 }
        from shape in new[] { (Outputs: 1, Inputs: 1), (Outputs: 7, Inputs: 15), (Outputs: 33, Inputs: 16), (Outputs: 64, Inputs: 31),
            (Outputs: 65, Inputs: 131), (Outputs: 256, Inputs: 512) }
        select (rows, shape.Outputs, shape.Inputs));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void OfFewRows_Float32_IsTheProduct(int rows, int outputs, int inputs)
    {
        using var scope = torch.NewDisposeScope();
        var (input, weight, bias) = Make(rows, outputs, inputs, torch.float32);

        Assert.True(Largest(LinearProduct.OfFewRows(input, weight, bias), input, weight, bias) < 1e-5 * Math.Sqrt(inputs));
        Assert.True(Largest(LinearProduct.OfFewRows(input, weight), input, weight, null) < 1e-5 * Math.Sqrt(inputs));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void OfFewRows_BFloat16_IsTheProductRoundedOnce(int rows, int outputs, int inputs)
    {
        using var scope = torch.NewDisposeScope();
        var (input, weight, bias) = Make(rows, outputs, inputs, torch.bfloat16);
        var product = LinearProduct.OfFewRows(input, weight, bias);
        var expected = torch.nn.functional.linear(input.to(torch.float64), weight.to(torch.float64), bias.to(torch.float64));

        Assert.Equal((torch.bfloat16, rows), (product.dtype, product.shape[0]));
        // Half a step of bfloat16, and what float32 sums lose where numbers cancel.
        var allowed = (expected.abs() * Number.Of(1.01 / 256)).add_(Number.Of(1e-5 * Math.Sqrt(inputs)), Number.One);
        Assert.True((product.to(torch.float64) - expected).abs().le(allowed).all().item<bool>());
    }

    [Fact]
    public void OfFewRows_Views_ReadsTheRowsThatTheyShow()
    {
        using var scope = torch.NewDisposeScope();
        var (input, weight, _) = Make(6, 20, 40, torch.float32);
        var some = input.view(2, 3, 40).transpose(0, 1);
        var slice = weight.narrow(0, 5, 9);

        var product = LinearProduct.OfFewRows(some, slice);

        Assert.Equal([3L, 2, 9], product.shape);
        Assert.True(Largest(product, some, slice, null) < 1e-4);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void OfFewRows_NumbersThatAreNotFinite_StayInTheirRow(float value)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var type in new[] { torch.ScalarType.Float32, torch.ScalarType.BFloat16 })
        {
            var (input, weight) = (torch.ones(2, 40, dtype: type), torch.ones(3, 40, dtype: type));
            weight[1, 7] = torch.tensor(value, type);

            var product = LinearProduct.OfFewRows(input, weight).to(torch.float32);

            Assert.Equal([40f, value, 40f, 40f, value, 40f], product.data<float>().ToArray());
        }
    }

    [Theory]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.BFloat16)]
    [InlineData(torch.ScalarType.Float16)]
    public void Of_AnyDtype_IsTheProduct(torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var rows in new[] { 1, 3, 12 })
        {
            var (input, weight, bias) = Make(rows, 1200, 500, type);

            Assert.True(Largest(LinearProduct.Of(input.view(1, rows, 500), weight, bias).view(rows, 1200), input, weight, bias)
                < (type == torch.ScalarType.Float32 ? 1e-4 : 1));
        }
    }

    [Fact]
    public void Of_WeightThatLearns_HasAGradient()
    {
        using var scope = torch.NewDisposeScope();
        using var gradient = torch.enable_grad();
        var (input, weight, _) = Make(1, 600, 500, torch.float32);
        weight.requires_grad_(true);

        LinearProduct.Of(input, weight).sum().backward();

        Assert.Equal(input.expand(600, 500).data<float>().ToArray(), weight.grad!.data<float>().ToArray());
    }

    private static (torch.Tensor Input, torch.Tensor Weight, torch.Tensor Bias) Make(int rows, int outputs, int inputs,
        torch.ScalarType type)
    {
        using var random = new torch.Generator(7);
        return (torch.randn(rows, inputs, generator: random).to(type), torch.randn(outputs, inputs, generator: random).to(type),
            torch.randn(outputs, generator: random).to(type));
    }

    private static double Largest(torch.Tensor product, torch.Tensor input, torch.Tensor weight, torch.Tensor? bias) =>
        (product.to(torch.float64) - torch.nn.functional.linear(input.to(torch.float64), weight.to(torch.float64), bias?.to(torch.float64)))
            .abs().max().item<double>();
}
