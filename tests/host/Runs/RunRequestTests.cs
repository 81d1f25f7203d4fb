using System.Text.Json.Nodes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>Kinds of requests that a plugin adds.</summary>
public sealed class RunRequestTests : IDisposable
{
    private const string Recipe = """
        name: states
        model: { transformers: { path: model } }
        plugins: [ Contoso.States ]
        variants: [ dense, magnitude: { sparsity: 0.5 } ]
        tasks: [ states ]
        """;

    private readonly RunDesk desk = new(Recipe);

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_RequestOfAPlugin_IsAnsweredStoredAndReadAgain()
    {
        RequestPlugin.Build(desk.File("Contoso.States"));
        desk.Done();
        var sample = JsonNode.Parse(File.ReadLines(desk.File("out", "samples", "dense", "states.jsonl")).First())!;
        Assert.Equal(["length", "rolling"], sample["responses"]!.AsArray().Select(response => (string)response!["kind"]!));
        Assert.Equal((double)sample["scores"]!["length"]!, (double)sample["responses"]![0]!["length"]!, 1e-9);
        var asked = JsonNode.Parse(File.ReadLines(desk.File("out", "requests", "states.jsonl")).First())!;
        Assert.Equal("length", (string)asked["requests"]![0]!["kind"]!);
        var before = File.ReadAllText(desk.File("out", "results.json"));
        File.Delete(desk.File("out", "results.json"));
        File.Delete(desk.File("out", "samples", "dense", "states.jsonl"));
        desk.Done();
        Assert.Equal(Metrics(before), Metrics(File.ReadAllText(desk.File("out", "results.json"))));
        Assert.Contains("length", File.ReadAllText(desk.File("out", "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RequestThatIsNotRegistered_SaysWhatItsAuthorShouldDo()
    {
        RequestPlugin.Build(desk.File("Contoso.States"), register: "");
        var failed = desk.Run("out");
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Contains("The task asks a LengthRequest, a kind of request that its plugin does not register", failed.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry.AddRequest<LengthRequest, LengthResponse>(\"choose\", \"\");", "The request 'choose' is one of the SDK itself")]
    [InlineData(RequestPlugin.Registered + RequestPlugin.Registered, "The request 'length' is registered twice")]
    public void Validate_NameThatIsTaken_IsRefused(string register, string sentence)
    {
        RequestPlugin.Build(desk.File("Contoso.States"), register);
        Assert.Contains(sentence, desk.Run("out").Error, StringComparison.Ordinal);
    }

    private static string Metrics(string results) => JsonNode.Parse(results)!["variants"]!.AsArray()
        .Select(variant => variant!["tasks"]!["states"]!["metrics"]!.ToJsonString()).Aggregate((one, other) => one + other);
}
