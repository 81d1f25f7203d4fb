using System.Text.Json;

namespace LlmKick.Tests.Transformers;

/// <summary>SmolLM2 in float32 against transformers.</summary>
public sealed class ModelLogitsTests(ModelLogitsTests.Fixture fixture) : IClassFixture<ModelLogitsTests.Fixture>
{
    private const double Tolerance = 2e-3;

    [Fact]
    public void Forward_Prompts_LogProbabilitiesAndBestLogitsAsTransformers()
    {
        foreach (var prompt in Prompts())
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var ids = prompt.GetProperty("ids").Ints();
            Golden.AssertClose(prompt.GetProperty("token_logprobs").Floats(), fixture.Model.LogProbabilities(ids), Tolerance);
            var last = fixture.Model.Logits(ids)[-1].data<float>().ToArray();
            var best = prompt.GetProperty("last_top20_ids").Ints().Select(id => last[id]).ToArray();
            Golden.AssertClose(prompt.GetProperty("last_top20_logits").Floats(), best, Tolerance);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Logits_LastPosition_AsTransformers(int prompt)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var last = fixture.Model.Logits(Prompts()[prompt].GetProperty("ids").Ints())[-1];
        Golden.AssertClose(Golden.Raw($"golden/smollm2/logits-{prompt}.f32"), last.data<float>().ToArray(), Tolerance);
    }

    [Fact]
    public void Greedy_Prompts_AsTransformers()
    {
        foreach (var prompt in Prompts())
        {
            var expected = prompt.GetProperty("greedy_48_ids").Ints();
            GreedyText.AssertEqual(expected, fixture.Model.Greedy(prompt.GetProperty("ids").Ints(), expected.Length));
        }
    }

    private static List<JsonElement> Prompts() => [.. Golden.Json("golden/smollm2/logits.json").EnumerateArray()];

    public sealed class Fixture : IDisposable
    {
        private readonly Lazy<ModelUnderTest> _model = new(() => ModelUnderTest.Load(ModelUnderTest.SmolLm2));

        internal ModelUnderTest Model => _model.Value;

        public void Dispose()
        {
            if (_model.IsValueCreated)
                _model.Value.Dispose();
        }
    }
}
