using System.Text.Json;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Packing;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>One linear in each layout that a folder may have, written here and read by what the folder says of itself.</summary>
public sealed class QuantizedLinearTests : IDisposable
{
    private const int Outputs = 64;
    private const int Inputs = 96;
    private const string Module = "model.layers.0.mlp.down_proj";
    private const string Weight = Module + ".weight";

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    public static TheoryData<int, int, bool, bool> GptqSettings => new(
        from bits in new[] { 2, 3, 4, 8 } from size in new[] { 32, -1 } from symmetric in new[] { true,
            false } from version2 in new[] { true, false } select (bits, size, symmetric, version2));

    [Theory]
    [MemberData(nameof(GptqSettings))]
    public void Gptq_EveryWidth_ReadsCodesScalesAndZeros(int bits, int size, bool symmetric, bool version2)
    {
        var groups = size < 0 ? 1 : Inputs / size;
        var (codes, zeros, scales) =
            (Codes(bits, Outputs, Inputs), symmetric ? Middle(bits, groups) : Codes(bits, Outputs, groups), Scales(groups));
        Write(new { quant_method = "gptq", bits, group_size = size, sym = symmetric, checkpoint_format = version2 ? "gptq_v2" : "gptq" },
            GptqTensors(codes, zeros, scales, bits, version2));

        AssertRead(codes, symmetric ? null : zeros, scales, bits, size < 0 ? null : size, symmetric);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Gptq_SymmetricZerosUnderTheWrongVersion_AreRecognised(int bits)
    {
        var (codes, scales) = (Codes(bits, Outputs, Inputs), Scales(3));
        Write(new { quant_method = "gptq", bits, group_size = 32, sym = true },
            GptqTensors(codes, Middle(bits, 3), scales, bits, version2: true));

        AssertRead(codes, null, scales, bits, 32, symmetric: true);
    }

    [Fact]
    public void Gptq_OrderedColumns_KeepTheirGroups()
    {
        var (codes, scales) = (Codes(4, Outputs, Inputs), Scales(3));
        var order = Enumerable.Range(0, Inputs).Select(i => (i * 5 + 7) % Inputs / 32).ToArray();
        var tensors = GptqTensors(codes, Middle(4, 3), scales, 4, version2: false);
        tensors[Module + ".g_idx"] = tensor(order);
        Write(new { quant_method = "gptq", bits = 4, group_size = 32, desc_act = true }, tensors);

        var read = Read();

        Assert.Equal(order.Select(group => (long)group), read.ColumnGroups!.data<long>().ToArray());
        AssertSame(codes.to(float32).sub(Number.Of(8)).mul(scales.index_select(1, tensor(order).to(int64))), read.Decode());
    }

    [Fact]
    public void Gptq_RuleForSomeLinears_GivesThemTheirOwnWidth()
    {
        var (codes, scales) = (Codes(8, Outputs, Inputs), Scales(1));
        Write(
            new { quant_method = "gptq", bits = 4, group_size = 32, dynamic =
                new Dictionary<string, object> { ["-:.*up_proj"] = new { }, ["+:.*\\.0\\..*down"] = new { bits = 8, group_size = -1 } } },
            GptqTensors(codes, Middle(8, 1), scales, 8, version2: false));

        AssertRead(codes, null, scales, 8, null, symmetric: true);
    }

    [Fact]
    public void Gptq_OlderFileOfItsOwn_IsFound()
    {
        var (codes, scales) = (Codes(4, Outputs, Inputs), Scales(3));
        Write(null, GptqTensors(codes, Middle(4, 3), scales, 4, version2: false));
        folder.Write("quantize_config.json", """{"bits": 4, "group_size": 32, "desc_act": false}""");

        AssertRead(codes, null, scales, 4, 32, symmetric: true);
    }

    [Fact]
    public void Awq_AutoAwqsOlderFile_IsRead()
    {
        var (codes, zeros, scales) = (Codes(4, Outputs, Inputs), Codes(4, Outputs, 3), Scales(3));
        var (words, zeroWords) = (new int[Inputs * Outputs / 8], new int[3 * Outputs / 8]);
        AwqPacking.Pack(codes.bytes, Outputs, Inputs, words);
        AwqPacking.Pack(zeros.bytes, Outputs, 3, zeroWords);
        Write(null, Tensors(("qweight", tensor(words, [Inputs, Outputs / 8])), ("qzeros", tensor(zeroWords, [3, Outputs / 8])),
            ("scales", scales.t().to(float16))));
        folder.Write("quant_config.json", """{"zero_point": true, "q_group_size": 32, "w_bit": 4, "version": "GEMM"}""");

        AssertRead(codes, zeros, scales, 4, 32, symmetric: false);
    }

    [Theory]
    [InlineData(3, true, true)]
    [InlineData(3, false, true)]
    [InlineData(4, false, false)]
    [InlineData(5, true, false)]
    [InlineData(6, false, false)]
    [InlineData(8, true, false)]
    public void PackQuantized_BothLayouts_AreToldApart(int bits, bool symmetric, bool padded)
    {
        var (codes, zeros, scales) = (Codes(bits, Outputs, Inputs), Codes(bits, Outputs, 3), Scales(3));
        var (width, height) = (CompressedTensorsPacking.Words(Inputs, bits, padded), CompressedTensorsPacking.Words(Outputs, bits, padded));
        var (words, zeroWords) = (new int[Outputs * width], new int[height * 3]);
        CompressedTensorsPacking.PackCodes(codes.bytes, Outputs, Inputs, bits, padded, words);
        CompressedTensorsPacking.PackZeros(zeros.bytes, Outputs, 3, bits, padded, zeroWords);
        var tensors = Tensors(("weight_packed", tensor(words, [Outputs, width])), ("weight_scale", scales.to(float16)),
            ("weight_shape", tensor(new long[] { Outputs, Inputs })));
        if (!symmetric)
            tensors[Module + ".weight_zero_point"] = tensor(zeroWords, [height, 3]);
        Write(Scheme("pack-quantized", new { num_bits = bits, type = "int", symmetric, group_size = 32, strategy = "group" }), tensors);

        AssertRead(codes, symmetric ? null : zeros, scales, bits, 32, symmetric);
    }

    [Theory]
    [InlineData("channel", true)]
    [InlineData("channel", false)]
    [InlineData("tensor", true)]
    public void IntQuantized_SignedBytes_AreRead(string strategy, bool symmetric)
    {
        var (codes, scales, zeros) = (Codes(8, Outputs, Inputs), strategy == "tensor" ? Scales(1)[..1] : Scales(1), Codes(8, Outputs, 1));
        var tensors = Tensors(("weight", Signed(codes)), ("weight_scale", strategy == "tensor" ? scales.flatten() : scales));
        if (!symmetric)
            tensors[Module + ".weight_zero_point"] = Signed(zeros);
        Write(Scheme("int-quantized", new { num_bits = 8, type = "int", symmetric, strategy }), tensors);

        AssertRead(codes, symmetric ? null : zeros, scales, 8, null, symmetric, scaleBits: 32);
    }

    [Fact]
    public void FloatQuantized_EveryByte_StandsForItsNumber()
    {
        var codes = arange(Number.Of(0), Number.Of(Outputs * Inputs), Number.One, int32).remainder(Number.Of(127)).to(uint8)
            .view(Outputs, Inputs);
        WriteConfig(Scheme("float-quantized", new { num_bits = 8, type = "float", symmetric = true, strategy = "channel" }));
        var scales = Scales(1);
        Float8File.Write(folder.File("model.safetensors"), Weight, codes, Module + ".weight_scale", scales);

        var read = Read();

        Assert.Equal((CodeFormat.Fp8E4M3, 8), (read.Encoding.Format, read.Encoding.Bits));
        AssertSame(codes, read.Codes);
        AssertSame(tensor(CodeValues.Of(CodeFormat.Fp8E4M3).ToArray()).index_select(0, codes.flatten().to(int64)).view(Outputs, Inputs)
            .mul(scales), read.Decode());
    }

    [Theory]
    [InlineData("unstructured", null)]
    [InlineData("2:4", "2:4")]
    public void SparseBitmask_MaskAndValues_GiveTheWeight(string structure, string? pattern)
    {
        var weight = randn(Outputs, Inputs - 3).mul(randn(Outputs, Inputs - 3).gt(Number.Of(0))).to(bfloat16);
        var (mask, offsets) = (new byte[Outputs * Bitmask.RowBytes(Inputs - 3)], new long[Outputs]);
        Bitmask.Pack(weight.ne(Number.Of(0)).bytes, Outputs, Inputs - 3, mask, offsets);
        Write(new { quant_method = "compressed-tensors",
            sparsity_config = new { format = "sparse-bitmask", sparsity_structure = structure } }, Tensors(
            ("bitmask", tensor(mask, [Outputs, Bitmask.RowBytes(Inputs - 3)])),
            ("compressed", weight.masked_select(weight.ne(Number.Of(0)))),
            ("row_offsets", tensor(offsets)), ("shape", tensor(new long[] { Outputs, Inputs - 3 }))));

        using var weights = FolderWeights.Open(folder.Path);

        Assert.Equal([Outputs, Inputs - 3L], weights.Shape(Weight));
        AssertSame(weight, weights.Read(Weight, ScalarType.BFloat16));
        Assert.Equal(new PrunedEncoding(pattern), weights.Encoding(Weight));
        Assert.Null(weights.Quantized(Weight));
        Assert.Equal([Weight], weights.Names);
    }

    [Fact]
    public void Open_DenseFloatsOfEightBits_AreRead()
    {
        var codes = arange(Number.Of(0), Number.Of(256), Number.One, int32).to(uint8).view(4, 64);
        Float8File.Write(folder.File("model.safetensors"), "a", codes.narrow(1, 0, 32).contiguous(), "b", ones(2));
        using var weights = FolderWeights.Open(folder.Path);

        Assert.Equal(CodeValues.Of(CodeFormat.Fp8E4M3).Take(32), weights.Read("a", ScalarType.Float32)[0].data<float>().ToArray());
    }

    private void AssertRead(Tensor codes, Tensor? zeros, Tensor scales, int bits, int? groupSize, bool symmetric, int scaleBits = 16)
    {
        var read = Read();
        AssertSame(codes, read.Codes);
        AssertSame(scales, read.Scales);
        Assert.Equal(zeros is null, read.Zeros is null);
        if (zeros is not null)
            AssertSame(zeros, read.Zeros!);
        Assert.Null(read.ColumnGroups);
        Assert.Equal((bits, groupSize, symmetric, scaleBits),
            (read.Encoding.Bits, read.Encoding.GroupSize, read.Encoding.Symmetric, read.Encoding.ScaleBits));
    }

    private QuantizedWeight Read()
    {
        using var weights = FolderWeights.Open(folder.Path);
        Assert.Equal([Weight], weights.Names);
        Assert.Equal([Outputs, (long)Inputs], weights.Shape(Weight));
        return weights.Quantized(Weight)!;
    }

    private void Write(object? quantization, Dictionary<string, Tensor> tensors)
    {
        WriteConfig(quantization);
        SafetensorsWriter.Write(folder.File("model.safetensors"), tensors);
    }

    private void WriteConfig(object? quantization) => folder.Write("config.json",
        JsonSerializer.Serialize(quantization is null ? (object)new { } : new { quantization_config = quantization }));

    private static object Scheme(string format, object weights) => new { quant_method = "compressed-tensors", format,
        config_groups = new { group_0 = new { targets = new[] { "Linear" }, weights, format } } };

    private static Dictionary<string, Tensor> GptqTensors(Tensor codes, Tensor zeros, Tensor scales, int bits, bool version2)
    {
        var groups = (int)scales.shape[1];
        var (words, zeroWords) = (new int[Inputs * bits / 32 * Outputs], new int[groups * Outputs * bits / 32]);
        GptqPacking.PackCodes(codes.bytes, Outputs, Inputs, bits, words);
        GptqPacking.PackZeros(zeros.bytes, Outputs, groups, bits, version2, zeroWords);
        return Tensors(("qweight", tensor(words, [Inputs * bits / 32, Outputs])),
            ("qzeros", tensor(zeroWords, [groups, Outputs * bits / 32])), ("scales", scales.t().to(float16)));
    }

    private static Dictionary<string, Tensor> Tensors(params (string Part, Tensor Tensor)[] parts) =>
        parts.ToDictionary(part => $"{Module}.{part.Part}", part => part.Tensor);

    private static Tensor Codes(int bits, long rows, long columns) => randint(1 << bits, [rows, columns]).to(uint8);

    private static Tensor Middle(int bits, long groups) => full([Outputs, groups], Number.Of(1 << bits - 1), dtype: uint8);

    private static Tensor Scales(long groups) => rand(Outputs, groups).add(Number.Of(0.5), Number.One).to(float16).to(float32);

    private static Tensor Signed(Tensor codes) => codes.to(int32).sub(Number.Of(128)).to(int8);

    private static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(expected.eq(actual).all().item<bool>());
    }
}
