using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Packing;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Formats.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers;

/// <summary>Checkpoints that other tools have quantized.</summary>
public sealed class QuantizedCheckpointTests
{
    private const string Gptq = "golden/quantized/gptq-4bit-g32";
    private const string Awq = "golden/quantized/awq-4bit-g32";
    private const string CompressedTensors = "golden/quantized/compressed-tensors-w4a16-g32";

    public static TheoryData<string> Folders => [Gptq, Awq, CompressedTensors];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Forward_Checkpoint_LogProbabilitiesOfTheReference(string folder)
    {
        var golden = Golden.Json($"{folder}/golden.json");
        using var model = ModelUnderTest.Load(folder);

        foreach (var (ids, expected) in golden.GetProperty("ids").EnumerateArray()
            .Zip(golden.GetProperty("token_logprobs").EnumerateArray()))
            Golden.AssertClose(expected.Floats(), model.LogProbabilities(ids.Ints()), 2e-3);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Read_Checkpoint_SumsOfTheReference(string folder)
    {
        var sums = Golden.Json($"{folder}/golden.json").GetProperty("weight_abs_sums").EnumerateObject().ToList();
        using var weights = WeightSource.Open(SharedData.Require(folder));

        Assert.NotEmpty(sums);
        foreach (var sum in sums)
        {
            using var scope = NewDisposeScope();
            var magnitude = weights.Read(sum.Name, ScalarType.Float32).to_type(ScalarType.Float64).abs().sum().item<double>();
            Assert.Equal(sum.Value.GetDouble(), magnitude, 1e-4 * sum.Value.GetDouble());
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Load_Checkpoint_KeepsTheIntegers(string folder)
    {
        using var model = ModelUnderTest.Load(folder);

        for (var i = 0; i < model.Blockwise.BlockCount; i++)
        {
            using var block = model.Blockwise.Open(i);
            Assert.All(block.Groups.SelectMany(group => group.Linears), linear =>
            {
                var encoding = Assert.IsType<QuantizedEncoding>(linear.Encoding);
                Assert.Equal((4, 32, folder != Awq), (encoding.Bits, encoding.GroupSize, encoding.Symmetric));
                using var scope = NewDisposeScope();
                Assert.True(linear.Quantized!.Decode().eq(linear.Weight).all().item<bool>());
            });
        }
    }

    [Fact]
    public void Pack_GptqCheckpoint_GivesItsOwnTensors() => AssertRepacked(Gptq, (linear, files, module) =>
    {
        var (outputs, inputs, groups) = Sizes(linear);
        var (codes, zeros) = (new int[inputs / 8 * outputs], new int[groups * outputs / 8]);
        GptqPacking.PackCodes(linear.Codes.bytes, outputs, inputs, 4, codes);
        GptqPacking.PackZeros(Enumerable.Repeat((byte)8, outputs * groups).ToArray(), outputs, groups, 4, version2: false, zeros);
        AssertStored(codes, files, module + ".qweight");
        AssertStored(zeros, files, module + ".qzeros");
        AssertStored(linear.Scales.t().contiguous(), files, module + ".scales");
    });

    [Fact]
    public void Pack_AwqCheckpoint_GivesItsOwnTensors() => AssertRepacked(Awq, (linear, files, module) =>
    {
        var (outputs, inputs, groups) = Sizes(linear);
        var (codes, zeros) = (new int[inputs * outputs / 8], new int[groups * outputs / 8]);
        AwqPacking.Pack(linear.Codes.bytes, outputs, inputs, codes);
        AwqPacking.Pack(linear.Zeros!.bytes, outputs, groups, zeros);
        AssertStored(codes, files, module + ".qweight");
        AssertStored(zeros, files, module + ".qzeros");
        AssertStored(linear.Scales.t().contiguous(), files, module + ".scales");
    });

    [Fact]
    public void Pack_CompressedTensorsCheckpoint_GivesItsOwnTensors() => AssertRepacked(CompressedTensors, (linear, files, module) =>
    {
        var (outputs, inputs, _) = Sizes(linear);
        var codes = new int[outputs * inputs / 8];
        CompressedTensorsPacking.PackCodes(linear.Codes.bytes, outputs, inputs, 4, padded: false, codes);
        AssertStored(codes, files, module + ".weight_packed");
        AssertStored(linear.Scales, files, module + ".weight_scale");
    });

    private static void AssertRepacked(string folder, Action<QuantizedWeight, ITensorFiles, string> assert)
    {
        using var weights = FolderWeights.Open(SharedData.Require(folder));
        var modules = weights.Names.Where(name => name.Contains("_proj", StringComparison.Ordinal))
            .Select(name => name[..^".weight".Length]).ToList();
        Assert.Equal(21, modules.Count);
        foreach (var module in modules)
        {
            using var scope = NewDisposeScope();
            assert(weights.Quantized(module + ".weight")!, weights.Files, module);
        }
    }

    private static (int Outputs, int Inputs, int Groups) Sizes(QuantizedWeight weight) =>
        ((int)weight.Codes.shape[0], (int)weight.Codes.shape[1], (int)weight.Scales.shape[1]);

    private static void AssertStored(int[] words, ITensorFiles files, string name) =>
        Assert.Equal(words, files.Read(name).data<int>().ToArray());

    private static void AssertStored(Tensor scales, ITensorFiles files, string name)
    {
        var stored = files.Read(name);
        Assert.Equal(stored.shape, scales.shape);
        Assert.True(stored.eq(scales.to_type(stored.dtype)).all().item<bool>(), name);
    }
}
