using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Models.Scheduling;

namespace LlmKick.Tests.Models;

public sealed class RequestSchedulerTests
{
    private readonly DecayDecoder decoder = new();
    private readonly Random random = new(3);

    [Fact]
    public void Answer_RollingOfUnequalLengths_EqualsEachAlone()
    {
        Request[] requests = [.. Enumerable.Range(0, 30).Select(i => new RollingRequest(Tokens(2 + random.Next(300)), 1))];

        var together = Answer(requests).Cast<RollingResponse>().ToList();

        for (var i = 0; i < requests.Length; i++)
        {
            var alone = (RollingResponse)Answer([requests[i]])[0];
            Assert.Equal(alone.LogProbabilities.Count,
                ((RollingRequest)requests[i]).Tokens.Count - ((RollingRequest)requests[i]).ScoreFrom);
            AssertClose(alone.LogProbabilities.Select(p => (double)p), together[i].LogProbabilities.Select(p => (double)p));
        }
    }

    [Fact]
    public void Answer_RollingScoredFromLater_GivesTheTail()
    {
        var tokens = Tokens(50);

        var all = (RollingResponse)Answer([new RollingRequest(tokens)])[0];
        var tail = (RollingResponse)Answer([new RollingRequest(tokens, 40)])[0];

        AssertClose(all.LogProbabilities.Skip(39).Select(p => (double)p), tail.LogProbabilities.Select(p => (double)p));
    }

    [Fact]
    public void Answer_LastLogitsOfUnequalLengths_ForetellTheNextToken()
    {
        int[][] texts = [.. Enumerable.Range(0, 20).Select(i => Tokens(1 + 3 * i))];
        var next = Tokens(1)[0];
        var logits = Answer([.. texts.Select(text => new RollingRequest(text) { WithLastLogits = true })]).Cast<RollingResponse>().ToList();

        for (var i = 0; i < texts.Length; i++)
        {
            var expected = (RollingResponse)Answer([new RollingRequest([.. texts[i], next], texts[i].Length)])[0];
            Assert.Null(expected.LastLogits);
            Assert.Equal(texts[i].Length - 1, logits[i].LogProbabilities.Count);
            AssertClose(expected.LogProbabilities.Select(p => (double)p),
                [logits[i].LastLogits![next] - Math.Log(logits[i].LastLogits!.Sum(l => Math.Exp(l)))]);
        }
    }

    [Fact]
    public void Answer_ChooseWithSharedPrefix_EqualsRollingAndReadsThePrefixOnce()
    {
        var prefix = Tokens(400);
        Request[] requests = [.. Enumerable.Range(0, 12)
            .Select(i => Choose([.. prefix, .. Tokens(20 + i)], [Tokens(1), Tokens(1), Tokens(3), Tokens(1 + i)]))];

        var answers = Answer(requests).Cast<ChooseResponse>().ToList();

        Assert.True(decoder.TokensRead < 400 + 12 * 3 * 40 + 100, $"{decoder.TokensRead} tokens were read");
        for (var i = 0; i < requests.Length; i++)
            AssertClose(Expected((ChooseRequest)requests[i]), answers[i].LogProbabilities);
    }

    [Fact]
    public void Answer_ChooseOfManyShapes_EqualsRolling()
    {
        Request[] requests = [.. Enumerable.Range(0, 40).Select(_ => Choose(
            [.. Enumerable.Repeat(1, random.Next(2) * 100), .. Tokens(1 + random.Next(120))],
            [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Tokens(1 + random.Next(5)))]))];

        var answers = Answer(requests).Cast<ChooseResponse>().ToList();

        for (var i = 0; i < requests.Length; i++)
            AssertClose(Expected((ChooseRequest)requests[i]), answers[i].LogProbabilities);
    }

    [Fact]
    public void Answer_ChooseBestToken_IsTheFirstGreedyToken()
    {
        var context = Tokens(60);

        var choice = (ChooseResponse)Answer([Choose(context, [Tokens(2), Tokens(1)])])[0];
        var text = (GenerateResponse)Answer([Generate(context, 1)])[0];

        Assert.Equal(text.Tokens[0], choice.BestToken);
        Assert.Equal(new LetterTokenizer().Decode([choice.BestToken]), choice.BestText);
    }

    [Fact]
    public void Answer_GenerateInBatches_EqualsEachAlone()
    {
        var shared = Tokens(50);
        Request[] requests = [.. Enumerable.Range(0, 70).Select(i => Generate(
            [.. i % 2 == 0 ? shared : [], .. Tokens(1 + random.Next(60))], 1 + random.Next(30)))];

        var together = Answer(requests).Cast<GenerateResponse>().ToList();

        for (var i = 0; i < requests.Length; i++)
        {
            var alone = (GenerateResponse)Answer([requests[i]])[0];
            Assert.Equal(alone.Tokens, together[i].Tokens);
            Assert.Equal(alone.Finish, together[i].Finish);
            Assert.Equal(alone.Tokens.Count, together[i].Gaps.Count);
        }
    }

    [Fact]
    public void Answer_DrawnInBatchesOrInAnotherOrder_EqualsEachAlone()
    {
        Request[] requests = [.. Enumerable.Range(0, 70).Select(i => Generate(Tokens(1 + random.Next(60)), 1 + random.Next(30)) with
        {
            Sampling = i % 5 == 0 ? null
                : new Sampling { Temperature = 0.7 + i % 3, TopK = i % 2 == 0 ? 20 : null, TopP = i % 4 == 0 ? 0.8 : 1, Seed = i },
        })];

        var together = Answer(requests).Cast<GenerateResponse>().ToList();
        var backwards = Answer([.. requests.Reverse()]).Cast<GenerateResponse>().Reverse().ToList();

        Assert.Contains(together, answer => answer.Tokens.Count > 20);
        for (var i = 0; i < requests.Length; i++)
        {
            var alone = (GenerateResponse)Answer([requests[i]])[0];
            Assert.Equal(alone.Tokens, together[i].Tokens);
            Assert.Equal(alone.Tokens, backwards[i].Tokens);
        }
    }

    [Fact]
    public void Answer_DrawnBySeeds_FollowsTheProbabilities()
    {
        var prompt = Tokens(30);
        var expected = ((ChooseResponse)Answer(
            [Choose(prompt, [.. Enumerable.Range(0, DecayDecoder.Vocabulary).Select(token => new[] { token })])])[0])
            .LogProbabilities.Select(Math.Exp).ToArray();

        var drawn =
            Answer([.. Enumerable.Range(0, 4000).Select(seed => Generate(prompt, 1) with { Sampling = new Sampling { Seed = seed } })]);

        SamplingTests.AssertDrawnFrom(expected, drawn.Cast<GenerateResponse>().Select(answer => answer.Tokens[0]));
    }

    [Fact]
    public void Answer_GenerateWithStop_CutsBeforeIt()
    {
        var prompt = Tokens(10);
        var free = (GenerateResponse)Answer([Generate(prompt, 20)])[0];
        var stop = free.Text.Substring(3, 2);
        var expected = free.Text[..free.Text.IndexOf(stop, StringComparison.Ordinal)];

        var stopped = (GenerateResponse)Answer([new GenerateRequest(Prompt(prompt), 20, [stop])])[0];

        Assert.Equal(expected, stopped.Text);
        Assert.Equal(FinishReason.Stop, stopped.Finish);
    }

    [Fact]
    public void Answer_GenerateToTheContextsEnd_SaysSo()
    {
        var answer = (GenerateResponse)Answer([Generate(Tokens(Context - 3), 10)])[0];

        Assert.Equal(3, answer.Tokens.Count);
        Assert.Equal(FinishReason.Context, answer.Finish);
    }

    [Fact]
    public void Answer_TooLong_NamesLengthAndContext()
    {
        var failure = Assert.Throws<LlmKickException>(() => Answer([new RollingRequest(Tokens(Context + 1))]));

        Assert.Contains($"{Context + 1}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{Context}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_IdsBeyondTheTokenizer_AreScoredAndNeverWritten()
    {
        var answers = new List<Response>();
        new RequestScheduler(decoder, new LetterTokenizer { VocabularySize = 1 }, Context)
            .Answer([Choose([5, 6], [[7]]), Generate([5, 6], 8)], answers.Add, null, default);

        Assert.True(((ChooseResponse)answers[0]).BestToken > 0);
        Assert.Equal("", ((ChooseResponse)answers[0]).BestText);
        Assert.Equal(Enumerable.Repeat(0, 8), ((GenerateResponse)answers[1]).Tokens);
    }

    [Fact]
    public void Answer_NothingToRead_SaysSo()
    {
        Assert.Contains("A prompt has no tokens", Assert.Throws<LlmKickException>(() => Answer([Generate([], 1)])).Message,
            StringComparison.Ordinal);
        Assert.Contains("has no tokens", Assert.Throws<LlmKickException>(() => Answer([Choose([], [[1]])])).Message,
            StringComparison.Ordinal);
        Assert.Contains("has no tokens", Assert.Throws<LlmKickException>(() => Answer([Choose([1], [[1], []])])).Message,
            StringComparison.Ordinal);
    }

    private const int Context = 1024;

    private static Prompt Prompt(int[] tokens) => new("", tokens);

    private static ChooseRequest Choose(int[] context, int[][] continuations) => new(Prompt(context), [.. continuations.Select(Prompt)]);

    private static GenerateRequest Generate(int[] prompt, int most) => new(Prompt(prompt), most, []);

    private int[] Tokens(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(DecayDecoder.Vocabulary - 1))];

    private List<Response> Answer(Request[] requests)
    {
        var answers = new List<Response>();
        new RequestScheduler(decoder, new LetterTokenizer(), Context).Answer(requests, answers.Add, null, default);
        Assert.Equal(requests.Length, answers.Select(answer => answer.Index).Distinct().Count());
        return [.. answers.OrderBy(answer => answer.Index)];
    }

    private IEnumerable<double> Expected(ChooseRequest request) => request.Continuations.Select(continuation =>
    {
        int[] tokens = [.. request.Context.Tokens, .. continuation.Tokens];
        return ((RollingResponse)Answer([new RollingRequest(tokens, request.Context.Tokens.Count)])[0])
            .LogProbabilities.Sum(p => (double)p);
    });

    private static void AssertClose(IEnumerable<double> expected, IEnumerable<double> actual)
    {
        var pairs = expected.Zip(actual).ToList();
        Assert.NotEmpty(pairs);
        Assert.All(pairs, pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }
}
