using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>What every kind of model must hold to. Inherit it in a public class of a test project.</summary>
/// <example>
/// <code>
/// public sealed class MyFormatConformance : ModelConformance&lt;MyPlugin&gt;
/// {
///     protected override string Name =&gt; "my-format";
///     protected override object Options(TemporaryFolder folder)
///     {
///         File.Copy("tiny.my", folder.File("tiny.my"), overwrite: true);
///         return new MyOptions { Path = folder.File("tiny.my") };
///     }
/// }
/// </code>
/// </example>
/// <typeparam name="TPlugin">The plugin that offers the model.</typeparam>
public abstract partial class ModelConformance<TPlugin> : ComponentConformance<TPlugin>, IDisposable where TPlugin : IPlugin, new()
{
    private static readonly string[] Texts = ["he", "hello there", "12 + 7 =", "a", "The quick brown fox jumps over the lazy dog"];
    private readonly TemporaryFolder _folder = new();

    /// <summary>Creates the suite.</summary>
    protected ModelConformance() : base(ComponentKind.Model) { }

    /// <summary>Puts a small model into the folder (random weights are enough), and gives options that load it.</summary>
    /// <param name="folder">Where its files go; damaged by the suite, gone after the test.</param>
    protected abstract object Options(TemporaryFolder folder);

    /// <summary>The data types that the model can be computed in.</summary>
    protected virtual IReadOnlyList<DataType> DataTypes => [DataType.Float32, DataType.Bfloat16];

    /// <summary>Number of ids that the output head scores. Override where it is wider than the tokenizer.</summary>
    /// <param name="model">The loaded model.</param>
    protected virtual int HeadWidth(ILanguageModel model) => Tokenizer(model).VocabularySize;

    /// <summary>Whether the largest file says how long it is. Override for a model that is made of any text.</summary>
    protected virtual bool KnowsItsEnd => true;

    /// <summary>The probabilities of all tokens sum to 1, in every data type.</summary>
    [Fact]
    public async Task Answer_Probabilities_SumToOne()
    {
        foreach (var type in DataTypes)
        {
            await using var model = Load(type);
            Prompt[] every = [.. Enumerable.Range(0, HeadWidth(model)).Select(id => new Prompt("", [id]))];
            var choose = (ChooseResponse)(await Answers(model, new ChooseRequest(Encoded(model, Texts[0]), every)))[0];
            var sum = choose.LogProbabilities.Sum(Math.Exp);
            Assert.True(Math.Abs(sum - 1) <= 1e-3, $"In {type} the probabilities of all {every.Length} tokens sum to {sum}: give logits in "
                + $"float32 (override HeadWidth where the head is wider than the tokenizer).");
            Assert.True(choose.LogProbabilities[choose.BestToken] >= choose.LogProbabilities.Max() - AnswerCheck.Tolerance,
                $"In {type} BestToken is not the most probable token.");
        }
    }

    /// <summary>A text has the same log-probabilities read at once and chosen step by step.</summary>
    [Fact]
    public async Task Answer_RollingAndChoosing_Agree()
    {
        await using var model = Load();
        var tokens = Encoded(model, Texts[4]).Tokens;
        var steps = Enumerable.Range(1, tokens.Count - 1)
            .Select(i => (Request)new ChooseRequest(new Prompt("", [.. tokens.Take(i)]), [new Prompt("", [tokens[i]])]));
        var answers = await Answers(model, [new RollingRequest(tokens), .. steps]);
        var rolling = ((RollingResponse)answers[0]).LogProbabilities;
        for (var i = 0; i < rolling.Count; i++)
            AnswerCheck.Near(rolling[i], ((ChooseResponse)answers[i + 1]).LogProbabilities[0],
                $"token {i + 1} read in a whole text and after its context alone");
    }

    /// <summary>A request's answer does not depend on what else is asked.</summary>
    [Fact]
    public async Task Answer_AloneOrInABatch_IsTheSame()
    {
        await using var model = Load();
        Request[] requests =
        [
            .. Texts.Select(text => Encoded(model, text)).Where(prompt => prompt.Tokens.Count > 1)
            .Select(prompt => new RollingRequest(prompt.Tokens)),
            .. Texts.Select(text => new ChooseRequest(Encoded(model, text), [Encoded(model, " yes"), Encoded(model, " no, not at all")])),
            .. Texts.Select(text => new GenerateRequest(Encoded(model, text), 12, [])),
            .. Texts.Select(text => Drawn(model, text, seed: text.Length)),
        ];
        var together = await Answers(model, requests);
        for (var i = 0; i < requests.Length; i++)
            AnswerCheck.Same((await Answers(model, requests[i]))[0], together[i]);
    }

    /// <summary>Tokens are drawn where that is asked for, by the seed, and not where the temperature is 0.</summary>
    [Fact]
    public async Task Answer_Sampling_FollowsTheSeed()
    {
        await using var model = Load();
        var greedy = Drawn(model, Texts[1], seed: 0);
        var drawn = await Answers(model, [.. Enumerable.Range(0, 20).Select(seed => Drawn(model, Texts[1], seed)),
            greedy with { Sampling = null }, greedy with { Sampling = greedy.Sampling! with { Temperature = 0 } }]);
        var texts = drawn.Select(answer => ((GenerateResponse)answer).Text).ToList();
        Assert.True(texts.Take(20).Distinct().Count() > 1, $"Twenty seeds at temperature {greedy.Sampling!.Temperature} all gave "
            + $"'{texts[0]}': draw tokens where a request has Sampling (Sampling.Draw does it).");
        Assert.True(texts[^1] == texts[^2],
            $"At temperature 0 the text is '{texts[^1]}' and without sampling '{texts[^2]}': at 0 nothing is drawn.");
    }

    /// <summary>Why a text ended is said: at the request's limit, or where the context was full.</summary>
    [Fact]
    public async Task Answer_TextsCutOff_SaySo()
    {
        await using var model = Load();
        var context = model.Description.ContextLength;
        Assert.SkipWhen(context > 4096, $"A context of {context} tokens takes too long to fill: give the suite a model with a short one.");
        var tokens = Enumerable.Range(0, context - 2).Select(i => Encoded(model, Texts[4]).Tokens[i % 4]).ToArray();
        var answers = await Answers(model, new GenerateRequest(Encoded(model, Texts[0]), 1, []),
            new GenerateRequest(new Prompt("", tokens), 100, []));
        AnswerCheck.Ends((GenerateResponse)answers[0], 1, FinishReason.Length);
        AnswerCheck.Ends((GenerateResponse)answers[1], 100, FinishReason.Context);
        var tooLong = new Prompt("", [.. tokens, 0, 0, 0, 0]);
        foreach (var request in new Request[] { new GenerateRequest(tooLong, 1, []), new RollingRequest(tooLong.Tokens),
            new ChooseRequest(tooLong, [new Prompt("", [0])]) })
            await Refusal.RequireAsync(() => Answers(model, request),
                $"A {request.GetType().Name} longer than the context of {context}", "context");
    }

    /// <summary>A canceled request stops.</summary>
    [Fact]
    public async Task Answer_Canceled_Stops()
    {
        await using var model = Load();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        var failure = await Record.ExceptionAsync(async () =>
        {
            await foreach (var _ in model
                .AnswerAsync([new GenerateRequest(Encoded(model, Texts[0]), model.Description.ContextLength / 2, [])], null, cancel.Token))
                continue;
        });
        Assert.True(failure is OperationCanceledException, $"A canceled request ended with {failure?.GetType().Name ?? "no exception"}: "
            + $"ask the token between batches and between tokens.");
        Assert.True((await Answers(model, new GenerateRequest(Encoded(model, Texts[0]), 1, []))).Count == 1,
            "After a canceled request the model answers no more.");
    }

    /// <summary>Every text survives encoding and decoding, and every id is one that there is.</summary>
    [Fact]
    public void Tokenizer_AnyText_RoundTrips()
    {
        var tokenizer = Loader().LoadTokenizer();
        foreach (var text in Texts.Concat(["", " ", "  two  spaces ", "a\tb\nc\r\n", "Zoë – naïve 你好 🙂🙂", new string('x', 3000)]))
        {
            var ids = tokenizer.Encode(text, parseSpecial: false);
            Assert.True(ids.All(id => id >= 0 && id < tokenizer.VocabularySize),
                $"'{text}' is encoded with an id outside the vocabulary of {tokenizer.VocabularySize}.");
            Assert.True(RoundTrips(text, tokenizer.Decode(ids)),
                $"'{text}' comes back as '{tokenizer.Decode(ids)}' (override RoundTrips where the tokenizer changes text on purpose).");
        }
        Assert.True(Record.Exception(() => tokenizer.Decode([tokenizer.VocabularySize])) is ArgumentOutOfRangeException,
            "Decoding an id outside the vocabulary must be an ArgumentOutOfRangeException.");
        Assert.True(Record.Exception(() => tokenizer.Encode("broken \ud83d text")) is null,
            "Half a surrogate pair breaks Encode: take U+FFFD in its place.");
    }

    /// <summary>Whether a text decoded is what was encoded.</summary>
    /// <param name="text">The text.</param>
    /// <param name="decoded">What came back.</param>
    protected virtual bool RoundTrips(string text, string decoded) => text == decoded;

    /// <summary>Blocks show compressors each group's input once and in order, and what is changed in them changes answers.</summary>
    [Fact]
    public async Task Transformer_Blocks_AreWhatAnswers()
    {
        await using var model = Load();
        Assert.SkipWhen(model.Transformer is null, "The model's weights cannot be reached, so that it cannot be compressed.");
        var request = new RollingRequest(Encoded(model, Texts[4]).Tokens);
        var before = (RollingResponse)(await Answers(model, request))[0];
        await ComputeThread.RunAsync(() => BlockCheck.RequireSound(model.Transformer, request.Tokens));
        AnswerCheck.Same((await Answers(model, request))[0], before);
        await ComputeThread.RunAsync(() => BlockCheck.ClearBlock(model.Transformer, 0));
        var after = (RollingResponse)(await Answers(model, request))[0];
        Assert.False(before.LogProbabilities.SequenceEqual(after.LogProbabilities), "The linears of block 0 were all set to zero and "
            + "answers did not change: Linear.Weight must be the weight that is computed with, not a copy.");
    }

    /// <summary>A model that is disposed leaves no tensor.</summary>
    [Fact]
    public async Task Dispose_Tensors_AreAllReleased()
    {
        Loader();
        await LoadAnswerAndDispose();
        var before = await ComputeThread.RunAsync(() => DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        await LoadAnswerAndDispose();
        var left = await ComputeThread.RunAsync(() => DisposeScopeManager.Statistics.ThreadTotalLiveCount) - before;
        Assert.True(left <= 0, $"{left} tensors are alive after the model was disposed that were not before: dispose weights in "
            + $"DisposeAsync, and compute inside 'using var scope = torch.NewDisposeScope()'.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private IModelLoader Loader() => (IModelLoader)Create(Options(_folder));

    private ILanguageModel Load(DataType type = DataType.Float32) => Load(Loader(), type);

    private static ILanguageModel Load(IModelLoader loader, DataType type) =>
        ComputeThread.RunAsync(() => loader.Load(TestContexts.Load(type), CancellationToken.None)).GetAwaiter().GetResult();

    private async Task LoadAnswerAndDispose()
    {
        await using var model = Load();
        await Answers(model, new GenerateRequest(Encoded(model, Texts[1]), 5, []), new RollingRequest(Encoded(model, Texts[1]).Tokens));
    }

    private static ITokenizer Tokenizer(ILanguageModel model) => model.Tokenizer ?? ByteTokenizer.Instance;

    private static Prompt Encoded(ILanguageModel model, string text) => Prompt.Of(text, Tokenizer(model));

    private static GenerateRequest Drawn(ILanguageModel model, string text, int seed) =>
        new(Encoded(model, text), 12, []) { Sampling = new Sampling { Temperature = 1.5, Seed = seed } };

    private static async Task<IReadOnlyList<Response>> Answers(ILanguageModel model, params IReadOnlyList<Request> requests)
    {
        var answers = new List<Response>();
        await foreach (var answer in model.AnswerAsync(requests, null, CancellationToken.None))
            answers.Add(answer);
        Assert.True(answers.Select(answer => answer.Index).Order().SequenceEqual(Enumerable.Range(0, requests.Count)),
            $"{requests.Count} requests were answered with the indices {string.Join(", ", answers.Select(answer => answer.Index))}: give "
                + $"one response for each.");
        return [.. answers.OrderBy(answer => answer.Index)];
    }
}
