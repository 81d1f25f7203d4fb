using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>Blocks that are read when their turns come compute what blocks in memory do, to the bit.</summary>
public sealed class StreamedBlocksTests : IDisposable
{
    private static readonly int[] Ids = [.. Enumerable.Range(3, 20)];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(GoldenFolders.OfFloats), MemberType = typeof(GoldenFolders))]
    public void Score_StreamedModel_GivesWhatTheResidentGives(string name)
    {
        var path = $"golden/architectures/{name}";
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var resident = ModelUnderTest.Load(path);
        using var streamed = ModelUnderTest.Stream(path, folder.Path);
        AssertSame(resident, streamed);

        foreach (var model in new[] { resident, streamed })
            Compress(model, new Rtn(new RtnOptions { Bits = 4, GroupSize = 16 }));
        AssertSame(resident, streamed);
        Assert.Equal(resident.Model.Blocks.Routing, streamed.Model.Blocks.Routing);
        foreach (var index in Enumerable.Range(0, resident.Model.Blocks.Count))
            AssertSame(resident.Blockwise, streamed.Blockwise, index);
    }

    /// <summary>Norms and biases that a method scales are kept too.</summary>
    [Theory]
    [InlineData("llama")]
    [InlineData("qwen2")]
    [InlineData("gemma3")]
    [InlineData("qwen3_moe")]
    public void Commit_ScaledNorms_AreKept(string name)
    {
        var path = $"golden/architectures/{name}";
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var resident = ModelUnderTest.Load(path);
        using var streamed = ModelUnderTest.Stream(path, folder.Path);
        foreach (var model in new[] { resident, streamed })
            Compress(model, new SmoothQuant(new SmoothQuantOptions()));
        AssertSame(resident, streamed);
        using var before = ModelUnderTest.Load(path);
        Assert.NotEqual(Numbers(before.Logits(Ids)), Numbers(streamed.Logits(Ids)));
    }

    [Fact]
    public void Open_BlockThatWasNotCommitted_IsAsItWas()
    {
        using var scope = NewDisposeScope();
        using var streamed = ModelUnderTest.Stream("golden/architectures/llama", folder.Path);
        var before = Numbers(streamed.Logits(Ids));
        using (var block = streamed.Blockwise.Open(0))
            block.Groups[0].Linears[0].Replace(zeros_like(block.Groups[0].Linears[0].Weight), LinearEncoding.Dense);
        using (streamed.Blockwise.Open(1))
            Assert.Empty(Directory.EnumerateFiles(folder.Path));
        Assert.Equal(before, Numbers(streamed.Logits(Ids)));
    }

    private static void Compress(ModelUnderTest model, ICompressor method) => method.Compress(model.Blockwise,
        TestContexts.Compression(new CalibrationSet([Ids, [.. Ids.Reverse()]])));

    private static void AssertSame(ModelUnderTest expected, ModelUnderTest actual) =>
        Assert.Equal(Numbers(expected.Logits(Ids)), Numbers(actual.Logits(Ids)));

    private static void AssertSame(ITransformer expected, ITransformer actual, int index)
    {
        using var one = expected.Open(index);
        using var other = actual.Open(index);
        foreach (var (before, after) in one.Groups.SelectMany(group => group.Linears)
            .Zip(other.Groups.SelectMany(group => group.Linears)))
        {
            Assert.Equal(before.Encoding, after.Encoding);
            Assert.Equal(before.Parts.Keys.Order(), after.Parts.Keys.Order());
            Assert.All(before.Parts, part => Assert.True(part.Value.eq(after.Parts[part.Key]).all().item<bool>()));
        }
    }

    private static float[] Numbers(Tensor tensor) => tensor.to_type(ScalarType.Float32).data<float>().ToArray();
}
