using LlmKick.Transformers.Formats.Packing;

namespace LlmKick.Tests.Transformers.Formats.Packing;

/// <summary>Packed codes and zeros of random numbers, held against a plain reading of each layout, and read back.</summary>
public sealed class PackingTests
{
    private const int Outputs = 96;
    private const int Inputs = 160;
    private const int Groups = 5;

    public static TheoryData<int> Widths => [1, 2, 3, 4, 5, 6, 7, 8];

    public static TheoryData<int, bool> GptqWidths =>
        new(from bits in new[] { 2, 3, 4, 8 } from version2 in new[] { false, true } select (bits, version2));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Bitstream_RandomCodes_FollowOneAnotherFromTheLowestBit(int bits)
    {
        foreach (var count in new[] { 1, 7, 8, 31, 32, 33, 100 })
        {
            var codes = Codes(count, bits);
            var stream = new byte[Bitstream.Words(count, bits) * 4];

            Bitstream.Pack(codes, bits, stream);

            Assert.Equal(codes, Enumerable.Range(0, count).Select(i => Field(stream, (long)i * bits, bits)));
            Assert.Equal(codes, Unpacked(count, read => Bitstream.Unpack(stream, bits, read)));
            Assert.All(Enumerable.Range(count * bits, stream.Length * 8 - count * bits), bit => Assert.Equal(0, Field(stream, bit, 1)));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void Gptq_RandomCodes_StandInColumns(int bits)
    {
        var codes = Codes(Outputs * Inputs, bits);
        var words = new int[Inputs * bits / 32 * Outputs];

        GptqPacking.PackCodes(codes, Outputs, Inputs, bits, words);

        for (var output = 0; output < Outputs; output++)
        {
            var column = Bytes(Enumerable.Range(0, Inputs * bits / 32).Select(row => words[row * Outputs + output]));
            Assert.Equal(codes[(output * Inputs)..((output + 1) * Inputs)],
                Enumerable.Range(0, Inputs).Select(i => Field(column, (long)i * bits, bits)));
        }
        Assert.Equal(codes, Unpacked(codes.Length, read => GptqPacking.UnpackCodes(words, Outputs, Inputs, bits, read)));
    }

    [Theory]
    [MemberData(nameof(GptqWidths))]
    public void Gptq_RandomZeros_ReadBackWhateverWraps(int bits, bool version2)
    {
        var zeros = Codes(Outputs * Groups, bits);
        var words = new int[Groups * Outputs * bits / 32];

        GptqPacking.PackZeros(zeros, Outputs, Groups, bits, version2, words);

        Assert.Contains((byte)0, zeros);
        Assert.Equal(zeros, Unpacked(zeros.Length, read => GptqPacking.UnpackZeros(words, Outputs, Groups, bits, version2, read)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public void Gptq_ZerosAboveNought_AreStoredLessOneInVersion1(int bits)
    {
        var zeros = Codes(Outputs, bits).Select(zero => Math.Max(zero, (byte)1)).ToArray();
        var words = new int[Outputs * bits / 32];

        GptqPacking.PackZeros(zeros, Outputs, 1, bits, version2: false, words);

        Assert.Equal(zeros.Select(zero => zero - 1),
            Enumerable.Range(0, Outputs).Select(i => (int)Field(Bytes(words), (long)i * bits, bits)));
    }

    [Fact]
    public void Gptq_ZeroOfNought_BorrowsFromItsNeighbourInVersion1()
    {
        var words = new int[1];

        GptqPacking.PackZeros([0, 8, 8, 8, 8, 8, 8, 8], 8, 1, 4, version2: false, words);

        Assert.Equal(unchecked((int)0x88888880 - 0x11111111), words[0]);
        Assert.Equal(0x7777776F, words[0]);
    }

    [Fact]
    public void Awq_RandomCodes_StandInTheKernelsOrder()
    {
        var codes = Codes(Outputs * Inputs, 4);
        var words = new int[Inputs * Outputs / 8];

        AwqPacking.Pack(codes, Outputs, Inputs, words);

        int[] order = [0, 2, 4, 6, 1, 3, 5, 7];
        for (var input = 0; input < Inputs; input++)
            for (var i = 0; i < Outputs; i++)
                Assert.Equal(codes[(i / 8 * 8 + order[i % 8]) * Inputs + input],
                    (byte)(words[input * Outputs / 8 + i / 8] >> (4 * (i % 8)) & 15));
        Assert.Equal(codes, Unpacked(codes.Length, read => AwqPacking.Unpack(words, Outputs, Inputs, read)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void CompressedTensors_RandomCodes_ReadBackInBothLayouts(int bits)
    {
        const int inputs = Inputs - 3;
        var codes = Codes(Outputs * inputs, bits);
        foreach (var padded in new[] { false, true })
        {
            var width = CompressedTensorsPacking.Words(inputs, bits, padded);
            var words = new int[Outputs * width];

            CompressedTensorsPacking.PackCodes(codes, Outputs, inputs, bits, padded, words);

            var place = (int i) => padded ? i / (32 / bits) * 32L + i % (32 / bits) * bits : (long)i * bits;
            for (var output = 0; output < Outputs; output++)
            {
                var row = Bytes(words[(output * width)..((output + 1) * width)]);
                Assert.Equal(codes[(output * inputs)..((output + 1) * inputs)],
                    Enumerable.Range(0, inputs).Select(i => Field(row, place(i), bits)));
            }
            Assert.Equal(codes,
                Unpacked(codes.Length, read => CompressedTensorsPacking.UnpackCodes(words, Outputs, inputs, bits, padded, read)));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void CompressedTensors_RandomZeros_ArePackedAlongTheOutputs(int bits)
    {
        const int outputs = Outputs - 5;
        var zeros = Codes(outputs * Groups, bits);
        foreach (var padded in new[] { false, true })
        {
            var height = CompressedTensorsPacking.Words(outputs, bits, padded);
            var words = new int[height * Groups];

            CompressedTensorsPacking.PackZeros(zeros, outputs, Groups, bits, padded, words);

            var first = new byte[outputs];
            CompressedTensorsPacking.UnpackCodes([.. Enumerable.Range(0, height).Select(row => words[row * Groups])], 1, outputs, bits,
                padded, first);
            Assert.Equal(Enumerable.Range(0, outputs).Select(output => zeros[output * Groups]), first);
            Assert.Equal(zeros,
                Unpacked(zeros.Length, read => CompressedTensorsPacking.UnpackZeros(words, outputs, Groups, bits, padded, read)));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void SignedCodes_EveryCode_IsItsNumberLessHalf(int bits)
    {
        var codes = Enumerable.Range(0, 1 << bits).Select(code => (byte)code).ToArray();
        var values = new sbyte[codes.Length];

        SignedCodes.Pack(codes, bits, values);

        Assert.Equal(codes.Select(code => code - (1 << bits - 1)), values.Select(value => (int)value));
        Assert.Equal(codes, Unpacked(codes.Length, read => SignedCodes.Unpack(values, bits, read)));
    }

    [Theory]
    [InlineData(160)]
    [InlineData(157)]
    [InlineData(3)]
    public void Bitmask_RandomWeights_ReadBackWithTheirRows(int inputs)
    {
        var present = Codes(Outputs * inputs, 1);
        var mask = new byte[Outputs * Bitmask.RowBytes(inputs)];
        var offsets = new long[Outputs];

        Bitmask.Pack([.. present.Select(flag => (byte)(flag * 3))], Outputs, inputs, mask, offsets);

        Assert.Equal(Enumerable.Range(0, Outputs).Select(row => present[..(row * inputs)].LongCount(flag => flag == 1)), offsets);
        Assert.Equal(present[inputs + 1], (byte)(mask[Bitmask.RowBytes(inputs)] >> 1 & 1));
        Assert.Equal(present, Unpacked(present.Length,
            read => Assert.Equal(present.LongCount(flag => flag == 1), Bitmask.Unpack(mask, Outputs, inputs, read))));
    }

    private delegate void Reader(Span<byte> codes);

    private static byte[] Unpacked(int count, Reader read)
    {
        var codes = new byte[count];
        read(codes);
        return codes;
    }

    private static byte[] Codes(int count, int bits)
    {
        var random = new Random(count + bits);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Next(1 << bits))];
    }

    private static byte[] Bytes(IEnumerable<int> words) => [.. words.SelectMany(BitConverter.GetBytes)];

    /// <summary>Bit by bit, as slow as it is plain.</summary>
    private static byte Field(byte[] stream, long first, int bits)
    {
        var value = 0;
        for (var bit = 0; bit < bits; bit++)
            value |= (stream[(first + bit) / 8] >> (int)((first + bit) % 8) & 1) << bit;
        return (byte)value;
    }
}
