using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Sdk.Testing;
using TorchSharp;

namespace LlmKick.Tests.Models;

/// <summary>Divergence of a tiny model after its weights were changed, against a restatement in float64.</summary>
public sealed class DivergenceTests : IDisposable
{
    private static readonly int[] Tokens =
        [.. Enumerable.Range(0, 90).Select(i => (7 * i * i + 3 * i) % ByteTokenizer.Instance.VocabularySize)];

    private readonly TemporaryFolder folder = new();
    private readonly TinyLlama model = new();

    public void Dispose()
    {
        model.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    public async Task Answer_ChangedModel_AsFloat64(int scoreFrom)
    {
        var before = await Distributions(scoreFrom);
        var first = await Ask(new DivergenceRequest(Tokens, scoreFrom) { Reference = Written() });
        Halve();
        var after = await Distributions(scoreFrom);
        var answer = await Ask(new DivergenceRequest(Tokens, scoreFrom) { Reference = Read() });

        Assert.Equal(Tokens.Length - scoreFrom, answer.Kl.Count);
        Assert.All(first.Kl, kl => Assert.Equal(0, kl));
        for (var i = 0; i < before.Count; i++)
        {
            var (p, q, next) = (before[i], after[i], Tokens[scoreFrom + i]);
            Assert.Equal(p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum(), answer.Kl[i], 2e-5);
            Assert.Equal(p.Zip(q, Math.Min).Sum(), answer.Overlap[i], 2e-5);
            Assert.Equal(q[next] - p[next], answer.Change[i], 2e-5);
            Assert.Equal(Array.IndexOf(p, p.Max()) == Array.IndexOf(q, q.Max()), answer.SameBest[i]);
        }
        Assert.Contains(answer.Kl, kl => kl > 0.01);
        Assert.Contains(false, answer.SameBest);
    }

    [Fact]
    public async Task Answer_SameWeights_IsExactlyNothing()
    {
        await Ask(new DivergenceRequest(Tokens) { Reference = Written() });
        var answer = await Ask(new DivergenceRequest(Tokens) { Reference = Read() });
        Assert.All(answer.Kl.Concat(answer.Change), value => Assert.Equal(0, value));
        Assert.All(answer.Overlap, value => Assert.Equal(1, value, 1e-5));
        Assert.DoesNotContain(false, answer.SameBest);
    }

    [Fact]
    public async Task Answer_BesideItself_IsExactlyNothing()
    {
        var answer = await Ask(new DivergenceRequest(Tokens));
        Assert.All(answer.Kl.Concat(answer.Change), value => Assert.Equal(0, value));
        Assert.All(answer.Overlap, value => Assert.Equal(1, value));
    }

    [Fact]
    public async Task Answer_NoStates_SaysWhatToDo() => Assert.Contains(
        "let the untouched model be asked first",
        (await Assert.ThrowsAsync<LlmKickException>(() => Ask(new DivergenceRequest(Tokens) { Reference = Read() }))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Answer_StatesOfAnotherText_IsRefused()
    {
        await Ask(new DivergenceRequest(Tokens[..50]) { Reference = Written() });
        Assert.Contains("it is of another model or text", (await Assert.ThrowsAsync<LlmKickException>(() =>
            Ask(new DivergenceRequest(Tokens) { Reference = Read() }))).Message, StringComparison.Ordinal);
    }

    private ReferenceStates Written() => new(folder.File("states", "a.safetensors"), IsWritten: true);

    private ReferenceStates Read() => Written() with { IsWritten = false };

    private void Halve()
    {
        foreach (var linear in model.Linears)
            linear.Weight.mul_(torch.rand_like(linear.Weight).lt(Number.Of(0.5)).to_type(linear.Weight.dtype));
    }

    /// <summary>The whole distribution of each scored token, from another kind of request.</summary>
    private async Task<List<double[]>> Distributions(int scoreFrom)
    {
        Prompt[] vocabulary = [.. Enumerable.Range(0, ByteTokenizer.Instance.VocabularySize).Select(token => new Prompt("", [token]))];
        var answers = await Answers([.. Enumerable.Range(scoreFrom, Tokens.Length - scoreFrom)
            .Select(end => new ChooseRequest(new Prompt("", Tokens[..end]), vocabulary))]);
        return [.. answers.Cast<ChooseResponse>().Select(answer => answer.LogProbabilities.Select(Math.Exp).ToArray())];
    }

    private async Task<DivergenceResponse> Ask(DivergenceRequest request) => (DivergenceResponse)(await Answers(request))[0];

    private async Task<List<Response>> Answers(params Request[] requests)
    {
        var answers = new List<Response>();
        await foreach (var answer in model.ToLanguageModel().AnswerAsync(requests, null, TestContext.Current.CancellationToken))
            answers.Add(answer);
        return [.. answers.OrderBy(answer => answer.Index)];
    }
}
