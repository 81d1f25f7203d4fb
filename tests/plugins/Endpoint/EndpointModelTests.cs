using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Endpoint;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace LlmKick.Tests.Endpoint;

public sealed class EndpointModelTests
{
    private const string Variable = "LLMKICK_TEST_ENDPOINT_KEY";
    private const string Key = "sk-very-secret";
    private const string Elsewhere = "Check that `url` is the address of an OpenAI-compatible server, with its version, such as /v1.";
    private const string Later = "Run the recipe again when the server is well: replies that came are kept.";
    private const string Address = "Check `url`, with the server's version such as /v1, and `model`.";

    [Fact]
    public async Task Answer_Conversation_IsSentAsItIs()
    {
        JsonNode? asked = null;
        using var server = new ChatServer((_, request) => { asked = request; return ChatReply.Text("8 9\nReasons."); });
        var response = Assert.Single(await Ask(Options(server) with { Temperature = 0.5 }, new GenerateRequest(
            new Prompt("ignored", []) { Messages =
                [new("system", "Judge."), new("user", "Which?"), new("assistant", "This."), new("user", "Why?")] }, 77, ["END"])));
        Assert.Equal(("8 9\nReasons.", FinishReason.EndOfText), (response.Text, response.Finish));
        Assert.Equal("system:Judge.|user:Which?|assistant:This.|user:Why?",
            string.Join('|', asked!["messages"]!.AsArray().Select(message => $"{message!["role"]}:{Content(message)}")));
        Assert.Equal(("m", 0.5, 77, "END"),
            ((string?)asked["model"], (double?)asked["temperature"], (int?)asked["max_completion_tokens"], (string?)asked["stop"]![0]));
    }

    [Fact]
    public async Task Answer_Sampling_IsSentInsteadOfTheOptions()
    {
        JsonNode? asked = null;
        using var server = new ChatServer((_, request) => { asked = request; return ChatReply.Text("so"); });
        await Ask(Options(server) with { Temperature = 0.5 },
            Request("?") with { Sampling = new Sampling { Temperature = 0.25, TopK = 40, TopP = 0.75, Seed = 7 } });
        Assert.Equal((0.25, 40, 0.75, 7),
            ((double)asked!["temperature"]!, (int)asked["top_k"]!, (double)asked["top_p"]!, (int)asked["seed"]!));
        await Ask(Options(server), Request("?"));
        Assert.Equal(["temperature"], new[] { "temperature", "top_k", "top_p", "seed" }.Where(name => asked.AsObject().ContainsKey(name)));
    }

    [Fact]
    public async Task Answer_Text_IsOneQuestion()
    {
        JsonNode? asked = null;
        using var server = new ChatServer((_, request) => { asked = request; return ChatReply.Text("so", finish: "length"); });
        var response = Assert.Single(await Ask(Options(server), Request("What?")));
        Assert.Equal(FinishReason.Length, response.Finish);
        Assert.Equal("user:What?",
            string.Join('|', asked!["messages"]!.AsArray().Select(message => $"{message!["role"]}:{Content(message)}")));
    }

    [Fact]
    public async Task Answer_TooManyRequests_WaitsAsTheServerSays()
    {
        using var server = new ChatServer((call, _) => call == 0 ? ChatReply.Error(429, "slow down") with { RetryAfter = "2" }
            : ChatReply.Text("done"));
        Assert.Equal("done", Assert.Single(await Ask(Options(server), Request("?"))).Text);
        Assert.True(server.Calls[1].Time - server.Calls[0].Time >= TimeSpan.FromSeconds(1.9),
            $"It waited {server.Calls[1].Time - server.Calls[0].Time}.");
    }

    [Fact]
    public async Task Answer_TooManyRequests_WaitsUntilTheServersTime()
    {
        var until = DateTime.MinValue;
        using var server = new ChatServer((call, _) =>
        {
            if (call > 0)
                return ChatReply.Text("done");
            until = DateTime.UtcNow.AddSeconds(3);
            return ChatReply.Error(429, "slow down") with { RetryAfter = until.ToString("R", CultureInfo.InvariantCulture) };
        });
        Assert.Equal("done", Assert.Single(await Ask(Options(server), Request("?"))).Text);
        Assert.True(server.Calls[1].Time >= until.AddSeconds(-1),
            $"It asked again at {server.Calls[1].Time:O}, before {until:O}, which is told in whole seconds.");
    }

    [Fact]
    public async Task Answer_FailuresInPassing_AreTriedAgainLaterEachTime()
    {
        using var server = new ChatServer((call, _) => call < 3 ? ChatReply.Error(((int[])[500, 502, 503])[call], "in passing")
            : ChatReply.Text("done"));
        Assert.Equal("done", Assert.Single(await Ask(Options(server), Request("?"))).Text);
        Assert.Equal(4, server.Calls.Count);
        var waits = server.Calls.Zip(server.Calls.Skip(1), (one, next) => next.Time - one.Time).ToList();
        Assert.True(waits[2] > waits[0], $"It waited {string.Join(", ", waits)}.");
    }

    [Fact]
    public async Task Answer_SlowTry_IsGivenUpAndTriedAgain()
    {
        using var server = new ChatServer((call, _) => ChatReply.Text($"{call}") with { Delay = TimeSpan.FromSeconds(call == 0 ? 5 : 0) });
        Assert.Equal("1", Assert.Single(await Ask(Options(server) with { Timeout = 1 }, Request("?"))).Text);
    }

    [Fact]
    public async Task Answer_Usage_IsKeptWithWhatItCosts()
    {
        using var server = new ChatServer((_, _) => ChatReply.Text("so", usage: (1000, 200)));
        Assert.Equal(new TokenUsage(1000, 200), Assert.Single(await Ask(Options(server), Request("?"))).Usage);
        var priced = Assert.Single(await Ask(Options(server) with { InputPrice = 2.5, OutputPrice = 10 }, Request("?")));
        Assert.Equal(0.0045, priced.Usage!.Cost!.Value, 1e-12);
        Assert.Equal("input_price", Assert.Single((Options(server) with { InputPrice = 2.5 }).Validate()).Key);
    }

    [Fact]
    public async Task Answer_ServerStaysDown_IsToldWithoutTheKey()
    {
        using var server = new ChatServer((_, _) => ChatReply.Error(503, $"no room for {Key}"));
        Environment.SetEnvironmentVariable(Variable, Key);
        var error = await Assert.ThrowsAsync<LlmKickException>(() =>
            Ask(Options(server) with { KeyVariable = Variable, Retries = 1 }, Request("?")));
        Assert.Equal(2, server.Calls.Count);
        Assert.All(server.Calls, call => Assert.Equal($"Bearer {Key}", call.Authorization));
        Assert.Contains(server.Url, error.Message, StringComparison.Ordinal);
        Assert.Contains("503", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eos")]
    [InlineData("end_turn")]
    [InlineData("")]
    public async Task Answer_UnknownEnding_IsAnAnswer(string finish)
    {
        using var server = new ChatServer((_, _) => ChatReply.Text("Rating: [[5]]", finish));
        var response = Assert.Single(await Ask(Options(server), Request("?")));
        Assert.Equal(("Rating: [[5]]", FinishReason.EndOfText), (response.Text, response.Finish));
        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData("""{"choices": [{"message": {"role": "assistant", "content": null, "refusal": "No."}}]}""", "")]
    [InlineData("""{"choices": [{"finish_reason": null, "message": {"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}}], "usage": null, "error": null}""", "ab")]
    public async Task Answer_ContentOfOtherForms_IsRead(string body, string text)
    {
        using var server = new ChatServer((_, _) => new ChatReply(200, body));
        Assert.Equal(text, Assert.Single(await Ask(Options(server), Request("?"))).Text);
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>", $"its reply is no JSON: <html>Bad gateway</html>. {Elsewhere}")]
    [InlineData("", $"its reply is empty. {Elsewhere}")]
    [InlineData("[]", $"its reply has no answer in `choices`: []. {Elsewhere}")]
    [InlineData("""{"choices": []}""", $"its reply has no answer in `choices`: {{\"choices\": []}}. {Elsewhere}")]
    [InlineData("""{"error": {"message": "overloaded"}}""", "overloaded")]
    [InlineData("""{"error": "overloaded"}""", "overloaded")]
    [InlineData("""{"error": {"message": "slow down", "code": 429}}""", "slow down")]
    public async Task Answer_NoAnswerWithSuccess_IsTriedAgainAndTold(string body, string told)
    {
        using var server = new ChatServer((call, _) => call == 0 ? new ChatReply(200, body) : ChatReply.Text("done"));
        Assert.Equal("done", Assert.Single(await Ask(Options(server), Request("?"))).Text);
        Assert.Equal(2, server.Calls.Count);

        using var stubborn = new ChatServer((_, _) => new ChatReply(200, body));
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Ask(Options(stubborn) with { Retries = 1 }, Request("?")));
        Assert.Equal($"endpoint: {stubborn.Url} gave no answer of 'm': {told}", error.Message);
        Assert.Equal(2, stubborn.Calls.Count);
    }

    [Theory]
    [InlineData("""{"choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 5}}""")]
    [InlineData("""{"error": {"message": "context too long", "code": 400}}""")]
    public async Task Answer_PaidOrLasting_IsNotTriedAgain(string body)
    {
        using var server = new ChatServer((_, _) => new ChatReply(200, body));
        await Assert.ThrowsAsync<LlmKickException>(() => Ask(Options(server), Request("?")));
        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData(401, """{"error": {"message": "wrong key"}}""", "status 401 (Unauthorized): wrong key. If the server wants a key, say by "
        + "`key_variable` which environment variable holds it.")]
    [InlineData(400, """{"error": {"message": "too long", "type": "invalid", "code": "context"}}""", "status 400 (Bad Request): too long")]
    [InlineData(429, """{"error": "slow down"}""", "status 429 (Too Many Requests): slow down. Ask for less at once with `concurrency`, or "
        + "let it try more often with `retries`.")]
    [InlineData(404, """{"object": "error", "message": "no such model"}""", $"status 404 (Not Found): no such model. {Address}")]
    [InlineData(404, """{"detail": "Not Found"}""", $"status 404 (Not Found), without a reason. {Address}")]
    [InlineData(502, "<html>\n<body>Bad gateway</body>\n</html>",
        $"status 502 (Bad Gateway): <html> <body>Bad gateway</body> </html>. {Later}")]
    [InlineData(503, "", $"status 503 (Service Unavailable), without a reason. {Later}")]
    public async Task Answer_Refused_IsToldOnceWithWhatHelps(int status, string body, string told)
    {
        using var server = new ChatServer((_, _) => new ChatReply(status, body));
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Ask(Options(server) with { Retries = 1 }, Request("?")));
        Assert.Equal($"endpoint: {server.Url} gave no answer of 'm': {told}", error.Message);
    }

    [Fact]
    public async Task Answer_LongReasonWithTheKey_IsCutWithoutAPartOfTheKey()
    {
        using var server = new ChatServer((_, _) => new ChatReply(400, new string('x', 290) + Key + new string('y', 100)));
        Environment.SetEnvironmentVariable(Variable, Key);
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Ask(Options(server) with { KeyVariable = Variable }, Request("?")));
        Assert.EndsWith("…", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key[..3], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_NoReplyInTime_IsToldWithTheOption()
    {
        using var server = new ChatServer((_, _) => ChatReply.Text("late") with { Delay = TimeSpan.FromSeconds(3) });
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Ask(Options(server) with { Retries = 0, Timeout = 1 }, Request("?")));
        Assert.Equal($"endpoint: {server.Url} gave no answer of 'm': no reply came within 1 s. Give `timeout` more seconds, or ask for "
            + "less at once with `concurrency`.", error.Message);
    }

    [Fact]
    public async Task Answer_NotAllowed_IsNotTriedAgain()
    {
        using var server = new ChatServer((_, _) => ChatReply.Error(401, "wrong key"));
        await Assert.ThrowsAsync<LlmKickException>(() => Ask(Options(server), Request("?")));
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Answer_NobodyThere_IsTold()
    {
        var server = new ChatServer((_, _) => ChatReply.Text(""));
        server.Dispose();
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Ask(Options(server) with { Retries = 0 }, Request("?")));
        Assert.Contains(server.Url, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ManyRequests_AreSomeAtATimeAndKeepTheirPlaces()
    {
        using var server = new ChatServer((_, request) =>
            ChatReply.Text(Content(request["messages"]![0]!)) with { Delay = TimeSpan.FromMilliseconds(100) });
        var responses = await Ask(Options(server) with { Concurrency = 3 }, [.. Enumerable.Range(0, 9).Select(i => Request($"q{i}"))]);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"q{i}"),
            responses.OrderBy(response => response.Index).Select(response => response.Text));
        Assert.InRange(server.MostAtOnce, 2, 3);
    }

    [Fact]
    public async Task Answer_OneFails_KeepsWhatWasUnderWayAndAsksNothingMore()
    {
        var calls = 0;
        using var server = new ChatServer((_, request) =>
        {
            Interlocked.Increment(ref calls);
            var text = Content(request["messages"]![0]!);
            return text == "q0" ? ChatReply.Error(401, "no") : ChatReply.Text(text) with { Delay = TimeSpan.FromMilliseconds(500) };
        });
        var kept = new List<string>();
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Ask(Options(server) with { Concurrency = 3 },
            response => kept.Add(response.Text), CancellationToken.None, [.. Enumerable.Range(0, 9).Select(i => Request($"q{i}"))]));
        Assert.Contains("no", error.Message, StringComparison.Ordinal);
        Assert.Equal(calls - 1, kept.Count);
        Assert.InRange(kept.Count, 2, 3);
    }

    [Fact]
    public async Task Answer_IsStopped_KeepsWhatWasUnderWayAndAsksNothingMore()
    {
        var calls = 0;
        using var stop = new CancellationTokenSource();
        using var server = new ChatServer((_, request) =>
        {
            if (Interlocked.Increment(ref calls) == 2)
                stop.Cancel();
            return ChatReply.Text(Content(request["messages"]![0]!)) with { Delay = TimeSpan.FromMilliseconds(300) };
        });
        var kept = new List<string>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(Options(server) with { Concurrency = 2 },
            response => kept.Add(response.Text), stop.Token, [.. Enumerable.Range(0, 6).Select(i => Request($"q{i}"))]));
        Assert.Equal((2, 2), (calls, kept.Count));
    }

    [Fact]
    public async Task Answer_Probabilities_AreRefused()
    {
        using var server = new ChatServer((_, _) => ChatReply.Text(""));
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Ask(Options(server), new RollingRequest([1, 2])));
        Assert.Contains("probabilities", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_KeyThatIsNotSet_SaysWhich()
    {
        var loader = new EndpointLoader(new EndpointOptions { Model = "m", KeyVariable = "LLMKICK_TEST_NO_SUCH_KEY" });
        var error = Assert.Throws<LlmKickException>(() => loader.Load(Context, CancellationToken.None));
        Assert.Contains("LLMKICK_TEST_NO_SUCH_KEY", error.Message, StringComparison.Ordinal);
        Assert.Contains("judge", Assert.Throws<LlmKickException>(loader.LoadTokenizer).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Url_MustBeAnAddress() =>
        Assert.Equal("url", Assert.Single(new EndpointOptions { Url = "localhost:80", Model = "m" }.Validate()).Key);

    private static ModelLoadContext Context => new() { Device = torch.CPU, Logger = NullLogger.Instance };

    private static EndpointOptions Options(ChatServer server) => new() { Url = server.Url, Model = "m" };

    private static GenerateRequest Request(string text) => new(new Prompt(text, []), 10, []);

    private static string Content(JsonNode message) => message["content"] is JsonArray parts ? (string)parts[0]!["text"]!
        : (string)message["content"]!;

    private static async Task<List<GenerateResponse>> Ask(EndpointOptions options, params Request[] requests)
    {
        var responses = new List<GenerateResponse>();
        await Ask(options, responses.Add, TestContext.Current.CancellationToken, requests);
        return responses;
    }

    private static async Task Ask(EndpointOptions options, Action<GenerateResponse> answered, CancellationToken cancellationToken,
        Request[] requests)
    {
        await using var model = new EndpointLoader(options).Load(Context, CancellationToken.None);
        await foreach (var response in model.AnswerAsync(requests, null, cancellationToken))
            answered((GenerateResponse)response);
    }
}
