using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers;

/// <summary>What the tiny checkpoint does not reach: tokens that have no expert, which the reference's own biases rule out.</summary>
public sealed class ZayaTests : IDisposable
{
    private const string Biases = ".balancing_biases";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The reference takes −1 whatever the file says.</summary>
    [Fact]
    public void Load_OtherBiasOfNoExpert_ChangesNothing()
    {
        var expected = Golden.Json("golden/architectures/zaya/golden.json").GetProperty("token_logprobs")[0].Floats();
        Golden.AssertClose(expected, Scores(Biases, numbers => Put(numbers, 4, 1, 5)), 2e-3);
    }

    [Fact]
    public void Forward_TokensWithoutAnExpert_GetNothingOfExperts() => Golden.AssertClose(
        Scores("mlp.experts.down_proj", numbers => numbers.mul(Number.Of(0))), Scores(Biases, numbers => Put(numbers, 0, 4, -3)), 1e-5);

    private float[] Scores(string end, Func<Tensor, Tensor> change)
    {
        using var model = ModelUnderTest.LoadFolder(GoldenCopy.Write(folder, "zaya",
            change: (name, numbers) => name.EndsWith(end, StringComparison.Ordinal) ? change(numbers) : numbers));
        return model.LogProbabilities(Golden.Json("golden/architectures/zaya/golden.json").GetProperty("ids")[0].Ints());
    }

    private static Tensor Put(Tensor numbers, int first, int count, double value)
    {
        numbers.narrow(0, first, count).fill_(Number.Of(value));
        return numbers;
    }
}
