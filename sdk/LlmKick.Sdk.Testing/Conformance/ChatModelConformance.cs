using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>What every model must hold to that writes answers and shows no tokens, such as one behind a server. Inherit it in a public
/// class of a test project.</summary>
/// <remarks>The tests reach a stand-in of the server, which answers every conversation with the text of its last message.</remarks>
/// <typeparam name="TPlugin">The plugin that offers the model.</typeparam>
public abstract class ChatModelConformance<TPlugin> : ComponentConformance<TPlugin> where TPlugin : IPlugin, new()
{
    private static readonly string[] Texts = ["one", "two\nlines", "Zoë – 你好 🙂", "{\"json\": [1, 2]}", new('x', 5000), " "];

    /// <summary>Creates the suite.</summary>
    protected ChatModelConformance() : base(ComponentKind.Model) { }

    /// <summary>Gives options that reach the stand-in.</summary>
    /// <param name="model">Which of the server's models is meant, where it has several.</param>
    protected abstract object Options(string model);

    /// <summary>Who answers decides the hash, under which results are kept.</summary>
    [Fact]
    public void Identify_SameAndOtherModel_DifferInTheHash()
    {
        var (one, again, other) = (Identify("a"), Identify("a"), Identify("b"));
        Assert.True(one.ContentHash == again.ContentHash,
            "Identify gives another hash the second time: hash what decides who answers, no times.");
        Assert.True(one.ContentHash != other.ContentHash,
            "Two models of the server have one hash, so that one's results would pass for the other's.");
    }

    /// <summary>There is no tokenizer, and whoever asks for one is told so.</summary>
    [Fact]
    public async Task Load_Tokenizer_IsNotThere()
    {
        Refusal.Require(() => Loader("a").LoadTokenizer(), "A tokenizer that only the server has", "tokenizer");
        await using var model = Load();
        Assert.True(model.Tokenizer is null && model.Transformer is null,
            "The model shows a tokenizer or weights: inherit ModelConformance instead, which looks at them.");
        Assert.False(string.IsNullOrWhiteSpace(model.Description.Name), "The model has no name.");
    }

    /// <summary>Each request has its own answer, whatever the order of arrival, and alone the same as among others.</summary>
    [Fact]
    public async Task Answer_ManyAndAlone_AreTheSame()
    {
        await using var model = Load();
        var together = await Answers(model, [.. Texts.Select(Request)]);
        for (var i = 0; i < Texts.Length; i++)
            Assert.True(together[i].Text == Texts[i] && (await Answers(model, Request(Texts[i])))[0].Text == Texts[i],
                $"The answer to request {i} is '{together[i].Text}', not the stand-in's: keep Response.Index with its request.");
        Assert.True((await Answers(model)).Count == 0, "No request has an answer.");
    }

    /// <summary>A conversation is sent as one; the prompt's text is for models that have none.</summary>
    [Fact]
    public async Task Answer_Conversation_ItsLastMessageIsAnswered()
    {
        await using var model = Load();
        var prompt = new Prompt("not this",
            []) { Messages = [new("system", "s"), new("user", "u"), new("assistant", "a"), new("user", "this")] };
        Assert.Equal("this", (await Answers(model, new GenerateRequest(prompt, 10, [])))[0].Text);
    }

    /// <summary>What a server cannot tell is refused, not made up.</summary>
    [Fact]
    public async Task Answer_Probabilities_AreRefused()
    {
        await using var model = Load();
        var prompt = new Prompt("a", [1]);
        foreach (var request in new Request[] { new RollingRequest([1, 2]), new ChooseRequest(prompt, [prompt]) })
            await Refusal.RequireAsync(() => Answers(model, request), $"A {request.GetType().Name}", "probabilities");
    }

    /// <summary>A canceled request stops, and the model goes on with others.</summary>
    [Fact]
    public async Task Answer_Canceled_Stops()
    {
        await using var model = Load();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        var failure = await Record.ExceptionAsync(() => Answers(model, cancel.Token, [.. Texts.Select(Request)]));
        Assert.True(failure is OperationCanceledException,
            $"Canceled requests ended with {failure?.GetType().Name ?? "no exception"}: pass the token on.");
        Assert.True((await Answers(model, Request("after")))[0].Text == "after", "After a canceled request the model answers no more.");
    }

    private IModelLoader Loader(string model) => (IModelLoader)Create(Options(model));

    private ModelIdentity Identify(string model) => Loader(model).Identify(CancellationToken.None);

    private ILanguageModel Load() => Loader("a").Load(TestContexts.Load(), CancellationToken.None);

    private static Request Request(string text) => new GenerateRequest(new Prompt(text, []), 10, []);

    private static Task<IReadOnlyList<GenerateResponse>> Answers(ILanguageModel model, params IReadOnlyList<Request> requests) =>
        Answers(model, CancellationToken.None, requests);

    private static async Task<IReadOnlyList<GenerateResponse>> Answers(ILanguageModel model, CancellationToken cancellationToken,
        IReadOnlyList<Request> requests)
    {
        var answers = new List<Response>();
        await foreach (var answer in model.AnswerAsync(requests, null, cancellationToken))
            answers.Add(answer);
        Assert.True(answers.Select(answer => answer.Index).Order().SequenceEqual(Enumerable.Range(0, requests.Count)),
            $"{requests.Count} requests were answered with the indices {string.Join(", ", answers.Select(answer => answer.Index))}: give "
                + $"one response for each.");
        return [.. answers.OrderBy(answer => answer.Index).Cast<GenerateResponse>()];
    }
}
