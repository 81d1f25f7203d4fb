using LlmKick.Sdk.Tensors;
using LlmKick.Sdk.Tensors.Integers;
using TorchSharp;

namespace LlmKick.Tests.Tensors;

/// <summary>The integer products, compared with sums in 64 bits: equal, not near.</summary>
public sealed class IntegerProductTests
{
    public static TheoryData<int, int, int> Shapes =>
        new() { { 1, 1, 1 }, { 1, 31, 3 }, { 4, 32, 5 }, { 5, 33, 7 }, { 3, 576, 64 }, { 70, 1537, 9 }, { 9, 65, 130 }, { 300, 700, 3 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Multiply_AnyShape_EqualsTheSumIn64Bits(int rows, int inputs, int outputs)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(5);
        var left = torch.randint(-128, 128, [rows, inputs], torch.int8, generator: random);
        var codes = torch.randint(0, 256, [outputs, inputs], torch.uint8, generator: random);
        var zeros = torch.randint(0, 256, [outputs], torch.uint8, generator: random).data<byte>().ToArray();
        Compare(left, codes, zeros);
        Compare(left, codes, [128]);
    }

    [Theory]
    [InlineData(-128, 0)]
    [InlineData(-128, 255)]
    [InlineData(127, 0)]
    [InlineData(127, 255)]
    public void Multiply_Extremes_DoNotSaturate(int activation, int code)
    {
        using var scope = torch.NewDisposeScope();
        var left = torch.full([6, 8195], Number.Of(activation), dtype: torch.int8);
        var codes = torch.full([5, 8195], Number.Of(code), dtype: torch.uint8);
        Compare(left, codes, [128]);
        Compare(left, codes, [0, 1, 127, 254, 255]);
    }

    [Fact]
    public void Supported_EndsWithTheFormForAnyProcessor() => Assert.NotEmpty(IntegerKernel.Supported);

    [Theory]
    [InlineData(1, 5, 3)]
    [InlineData(33, 64, 8)]
    [InlineData(40, 100, 17)]
    public void Multiply_ForAccelerators_EqualsTheSumIn64BitsToo(int rows, int inputs, int outputs)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(6);
        // Small enough that no processor's instructions saturate; what is tried here is what is around the product.
        var left = torch.randint(-60, 61, [rows, inputs], torch.int8, generator: random);
        var right = torch.randint(-60, 61, [outputs, inputs], torch.int8, generator: random);
        Assert.Equal(Sums(Rows(left), Rows(right)), AcceleratorProduct.Multiply(left, right).data<int>().Select(s => (long)s));
    }

    private static void Compare(torch.Tensor left, torch.Tensor codes, byte[] zeros)
    {
        var offsets = torch.tensor(Array.ConvertAll(zeros, z => (long)z), [zeros.Length, 1]);
        var expected = Sums(Rows(left), Rows(codes.to(torch.int64) - offsets));
        foreach (var kernel in IntegerKernel.Supported)
        {
            using var actual = IntegerProduct.Multiply(left, codes, zeros, kernel);
            Assert.Equal(new[] { left.shape[0], codes.shape[0] }, actual.shape);
            Assert.Equal(expected, actual.data<int>().Select(s => (long)s));
        }
    }

    private static List<long> Sums(long[][] left, long[][] right)
    {
        var sums = new List<long>();
        foreach (var row in left)
            foreach (var other in right)
            {
                long sum = 0;
                for (var k = 0; k < row.Length; k++)
                    sum += row[k] * other[k];
                sums.Add(sum);
            }
        return sums;
    }

    private static long[][] Rows(torch.Tensor matrix) => [.. matrix.to(torch.int64).data<long>().ToArray().Chunk((int)matrix.shape[1])];
}
