using System.Runtime.InteropServices;
using System.Text.Json;
using LlmKick.Transformers.Formats.Blocks;

namespace LlmKick.Tests.Transformers;

public sealed class BlockTypesTests
{
    public static TheoryData<string> Names =>
        ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_NL", "IQ4_XS", "MXFP4", "TQ1_0", "TQ2_0"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_ReferenceBlocks_EqualsToTheLastBit(string name)
    {
        var type = BlockTypes.Find(name)!;
        var blocks = File.ReadAllBytes(SharedData.Require($"golden/quantized/gguf-blocks/{name}.bin"));
        var expected = File.ReadAllBytes(SharedData.Require($"golden/quantized/gguf-blocks/{name}.f32"));
        var values = new float[blocks.Length / type.Bytes * type.Elements];

        type.Decode(blocks, values);

        Assert.Equal(MemoryMarshal.Cast<byte, uint>(expected).ToArray(), MemoryMarshal.Cast<float, uint>(values).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Find_BlockType_HasTheSizesOfTheReference(string name)
    {
        using var sizes = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden/quantized/gguf-blocks/meta.json")));
        var type = BlockTypes.Find(name)!;

        Assert.Equal(sizes.RootElement.GetProperty(name).GetProperty("elements_per_block").GetInt32(), type.Elements);
        Assert.Equal(sizes.RootElement.GetProperty(name).GetProperty("bytes_per_block").GetInt32(), type.Bytes);
    }

    [Fact]
    public void Decode_BrainFloats_EqualsTheirUpperBits()
    {
        var bits = new ushort[] { 0x3F80, 0xC000, 0x0001, 0x7F80 };
        var values = new float[bits.Length];

        BlockTypes.Find("BF16")!.Decode(MemoryMarshal.AsBytes(bits.AsSpan()), values);

        Assert.Equal(bits.Select(b => (uint)b << 16), values.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Decode_EveryHalf_EqualsItsValue()
    {
        var bits = Enumerable.Range(0, 65536).Select(i => (ushort)i).ToArray();
        var values = new float[bits.Length];

        BlockTypes.Find("F16")!.Decode(MemoryMarshal.AsBytes(bits.AsSpan()), values);

        Assert.Equal(bits.Select(b => (float)BitConverter.UInt16BitsToHalf(b)), values);
    }
}
