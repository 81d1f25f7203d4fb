using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Tensors;

public sealed class NumberTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(double.MaxValue)]
    [InlineData(double.Epsilon)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void Of_Real_IsItToTheBit(double value)
    {
        using var tensor = torch.zeros(1, torch.float64).fill_(Number.Of(value));

        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(tensor.item<double>()));
        Assert.Equal(torch.ScalarType.Float64, Number.Of(value).Type);
    }

    [Fact]
    public void Of_NegativeZero_KeepsItsSign() => Assert.True(double.IsNegative(Number.Of(-0.0).ToDouble()));

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Of_Integer_IsIt(long value)
    {
        using var tensor = torch.zeros(1, torch.int64).fill_(Number.Of(value));

        Assert.Equal(value, tensor.item<long>());
        Assert.Equal(torch.ScalarType.Int64, Number.Of(value).Type);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_Truth_IsIt(bool value)
    {
        using var tensor = torch.zeros(1, torch.@bool).fill_(Number.Of(value));

        Assert.Equal(value, tensor.item<bool>());
        Assert.Equal(torch.ScalarType.Bool, Number.Of(value).Type);
    }

    [Fact]
    public void Of_Narrow_IsTheWideOne()
    {
        Assert.Same(Number.Of(0.1f), Number.Of((double)0.1f));
        Assert.Same(Number.Of(7), Number.Of(7L));
        Assert.Same(Number.One, Number.Of(1));
        Assert.NotSame(Number.Of(1.0), Number.One);
    }

    [Fact]
    public void HeldScalars_MoreValuesThanAreKept_AreAllRight()
    {
        var make = typeof(ScalarExtensionMethods).GetMethod("ToScalar", [typeof(long)])!.CreateDelegate<Func<long, Scalar>>();
        var scalars = new HeldScalars(make);
        var first = scalars.Of(0);

        for (var value = 0L; value < 200_000; value++)
            Assert.Equal(value, scalars.Of(value).ToInt64());

        Assert.Same(first, scalars.Of(0));
        Assert.NotSame(scalars.Of(199_999), scalars.Of(199_999));
    }
}
