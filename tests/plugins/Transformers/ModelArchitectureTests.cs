namespace LlmKick.Tests.Transformers;

/// <summary>Tiny checkpoints of known architectures against transformers.</summary>
public sealed class ModelArchitectureTests
{
    private const double Tolerance = 2e-3;

    [Theory]
    [InlineData("quantized/gguf-f16/model.gguf")]
    [InlineData("quantized/gguf-q4_0/model.gguf")]
    [InlineData("quantized/gguf-q5_1/model.gguf")]
    [InlineData("quantized/gguf-q8_0/model.gguf")]
    public void Forward_QuantizedFile_LogProbabilitiesAsTransformers(string path) => AssertScores(path);

    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Forward_WholeSequences_LogProbabilitiesAsTransformers(string name) => AssertScores($"architectures/{name}");

    private static void AssertScores(string path)
    {
        var golden = Golden.Json($"golden/{Folder(path)}/golden.json");
        using var model = ModelUnderTest.Load($"golden/{path}");
        foreach (var (ids, expected) in golden.GetProperty("ids").EnumerateArray()
            .Zip(golden.GetProperty("token_logprobs").EnumerateArray()))
            Golden.AssertClose(expected.Floats(), model.LogProbabilities(ids.Ints()), Tolerance);
    }

    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Logits_LastPosition_AsTransformers(string name)
    {
        var ids = Golden.Json($"golden/architectures/{name}/golden.json").GetProperty("ids").EnumerateArray()
            .Select(row => row.Ints()).ToList();
        var expected = Golden.Raw($"golden/architectures/{name}/golden-last-logits.f32");
        using var model = ModelUnderTest.Load($"golden/architectures/{name}");
        var actual = ids.SelectMany(row => LastLogits(model, row)).Take(expected.Length).ToList();
        Golden.AssertClose(expected, actual, Tolerance);
    }

    [Theory]
    [MemberData(nameof(GoldenFolders.WithText), MemberType = typeof(GoldenFolders))]
    public void Greedy_FromSixteenTokens_AsTransformers(string name)
    {
        var golden = Golden.Json($"golden/architectures/{name}/golden.json");
        var expected = golden.GetProperty("greedy_40_from_first_16").Ints();
        using var model = ModelUnderTest.Load($"golden/architectures/{name}");
        GreedyText.AssertEqual(expected, model.Greedy(golden.GetProperty("ids")[0].Ints()[..16], expected.Length));
    }

    private static float[] LastLogits(ModelUnderTest model, int[] ids)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return model.Logits(ids)[-1].data<float>().ToArray();
    }

    private static string Folder(string path) => path.EndsWith(".gguf", StringComparison.Ordinal) ? Path.GetDirectoryName(path)! : path;
}
