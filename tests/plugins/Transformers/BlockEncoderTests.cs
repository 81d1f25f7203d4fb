using System.Runtime.InteropServices;
using LlmKick.Transformers.Formats.Blocks;

namespace LlmKick.Tests.Transformers;

public sealed class BlockEncoderTests
{
    private const int Rows = 24;
    private const int RowLength = 512;

    [Theory]
    [InlineData("BF16")]
    [InlineData("Q4_0")]
    [InlineData("Q4_1")]
    [InlineData("Q5_0")]
    [InlineData("Q5_1")]
    [InlineData("Q8_0")]
    public void Encode_ReferenceValues_EqualsTheReferenceToTheLastBit(string name)
    {
        var values = Golden.Raw("golden/quantized/gguf-blocks/quantize-input.f32");
        Assert.Equal(File.ReadAllBytes(SharedData.Require($"golden/quantized/gguf-blocks/quantize-{name}.bin")), Encode(name, values));
    }

    /// <summary>What a block stands for is a block already: such a value is on the grid that the search starts with.</summary>
    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("Q4_0")]
    [InlineData("Q5_0")]
    [InlineData("Q8_0")]
    public void Encode_DecodedBlocks_GivesTheBlocksBack(string name)
    {
        var blocks = Encode(name, Values(seed: 3));
        Assert.Equal(blocks, Encode(name, Decode(name, blocks)));
    }

    /// <summary>The float64 restatement computes in another order, so a tie may go elsewhere: the errors must be as small, not the bytes
    /// the same.</summary>
    [Theory]
    [InlineData("Q2_K", 0.32)]
    [InlineData("Q3_K", 0.17)]
    [InlineData("Q4_K", 0.075)]
    [InlineData("Q5_K", 0.04)]
    [InlineData("Q6_K", 0.02)]
    public void Encode_SuperBlocks_ErrsAsTheRestatementDoes(string name, double most)
    {
        var values = Values(seed: 5);
        var error = Error(values, Decode(name, Encode(name, values)));
        var restated = Error(values, NaiveSuperBlocks.Round(name, values));
        Assert.InRange(error, 0, most);
        Assert.Equal(restated, error, 0.002 * restated);
    }

    [Theory]
    [InlineData("Q2_K")]
    [InlineData("Q3_K")]
    [InlineData("Q4_K")]
    [InlineData("Q5_K")]
    [InlineData("Q6_K")]
    [InlineData("Q4_0")]
    [InlineData("Q4_1")]
    [InlineData("Q5_0")]
    [InlineData("Q5_1")]
    [InlineData("Q8_0")]
    public void Encode_ZerosAndConstants_AreKept(string name)
    {
        Assert.All(Decode(name, Encode(name, new float[512])), value => Assert.Equal(0, value));
        var constants = Enumerable.Repeat(-0.25f, 512).ToArray();
        Assert.All(Decode(name, Encode(name, constants)), value => Assert.Equal(-0.25f, value, 0.005f));
    }

    private static double Error(float[] values, float[] rounded) =>
        Math.Sqrt(values.Zip(rounded, (a, b) => Math.Pow((double)a - b, 2)).Sum() / values.Sum(value => (double)value * value));

    private static byte[] Encode(string name, float[] values)
    {
        var type = BlockTypes.Find(name)!;
        var blocks = new byte[type.Length(values.Length)];
        type.Encode!(values, blocks);
        return blocks;
    }

    private static float[] Decode(string name, byte[] blocks)
    {
        var type = BlockTypes.Find(name)!;
        var values = new float[blocks.Length / type.Bytes * type.Elements];
        type.Decode(blocks, values);
        return values;
    }

    /// <summary>Normally distributed, each row of another size, one with a large outlier.</summary>
    private static float[] Values(int seed)
    {
        var random = new Random(seed);
        var values = new float[Rows * RowLength];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())
                * (1 + i / RowLength) * 0.01);
        values[7] = 2;
        return values;
    }
}
