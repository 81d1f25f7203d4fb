using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Hub;

/// <summary>The tool against a server that answers as the hub does.</summary>
public sealed class HubCommandTests : IDisposable
{
    private static readonly string Quickstart = Path.Combine(SharedData.RepositoryRoot, "recipes", "quickstart");

    private readonly HubDesk desk = new();

    private HubContents Model() => desk.Server.Add("models/made/tiny",
        [.. Directory.GetFiles(Path.Combine(Quickstart, "model")).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))]);

    private void Data() => desk.Server.Add("datasets/made/text",
        ("text.txt", File.ReadAllBytes(Path.Combine(Quickstart, "text.txt"))),
        ("calibration.txt", File.ReadAllBytes(Path.Combine(Quickstart, "calibration.txt"))));

    private string Recipe()
    {
        var facts = File.ReadAllBytes(Path.Combine(Quickstart, "facts.jsonl"));
        var path = Path.Combine(desk.Folder, "recipe.yaml");
        File.WriteAllText(path, $$"""
            model: { transformers: { path: made/tiny } }
            calibration: { text: "hub:made/text/calibration.txt", samples: 2, length: 32 }
            variants: [ dense, wanda: { sparsity: 0.5 } ]
            tasks:
              - perplexity: { text: "hub:made/text/text.txt", window: 64, limit: 2 }
              - generate: { path: "{{desk.Server.Put("facts.jsonl", facts)}}#sha256={{HubServer.Sha256(facts)}}", prompt: "{question}",
                  reference: answer, limit: 2, max_new_tokens: 4 }
            """);
        return path;
    }

    [Fact]
    public void Score_NameOnTheHub_IsFetchedThenFoundOffline()
    {
        Model();
        var first = Tool.Run(desk.Variables, "tokenize", "made/tiny");
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("Fetching made/tiny: 6.4 MB in 4 files, to '", first.Error, StringComparison.Ordinal);
        desk.Server.Requests.Clear();
        Assert.Equal(0, Tool.Run(desk.Variables, "tokenize", "made/tiny", "--offline").ExitCode);
        Assert.Empty(desk.Server.Requests);
        var other = Tool.Run(desk.Variables, "tokenize", "made/other", "--offline");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("'made/other' is not on this machine, and --offline forbids to fetch", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RecipeOfNames_SaysWhatItWouldFetchThenFetchesAndNamesTheCommits()
    {
        var commit = Model().Commit;
        Data();
        var (recipe, output) = (Recipe(), Path.Combine(desk.Folder, "run"));
        foreach (var verb in new[] { "validate", "plan" })
        {
            var asked = Tool.Run(desk.Variables, verb, recipe);
            Assert.True(asked.ExitCode == 0, asked.Error);
            Assert.Contains("to fetch: made/tiny, 6.4 MB in 4 files\n", asked.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.Contains("to fetch: hub:made/text/text.txt, ", asked.Out, StringComparison.Ordinal);
        }
        Assert.Contains("to fetch: made/tiny, size unknown (--offline)", Tool.Run(desk.Variables, "validate", recipe, "--offline").Out,
            StringComparison.Ordinal);
        var run = Tool.Run(desk.Variables, "run", recipe, "--output", output);
        Assert.True(run.ExitCode == 0, run.Error);
        var results = File.ReadAllText(Path.Combine(output, "results.json"));
        Assert.Contains($"\"made/tiny@{commit}\"", results, StringComparison.Ordinal);
        Assert.Contains($"\"hub:made/text@{desk.Server.Repositories["datasets/made/text"].Commit}/text.txt\"", results, StringComparison.Ordinal);
        desk.Server.Requests.Clear();
        Assert.Equal(0, Tool.Run(desk.Variables, "plan", recipe, "--output", output).ExitCode);
        Assert.Empty(desk.Server.Requests);
    }

    [Fact]
    public void Run_Token_IsWrittenNowhere()
    {
        Model().Token = "hf_verysecret";
        Data();
        var (recipe, output) = (Recipe(), Path.Combine(desk.Folder, "run"));
        var refused = Tool.Run(desk.Variables, "run", recipe, "--output", output);
        Assert.Contains("'made/tiny' is given only to those who accept its terms", refused.Error, StringComparison.Ordinal);
        var run = Tool.Run(new Dictionary<string, string>(desk.Variables) { ["HF_TOKEN"] = "hf_verysecret" }, "run", recipe, "--output", output, "-v", "debug");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("hf_verysecret", run.Out + run.Error, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(desk.Folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("blobs")),
            file => Assert.DoesNotContain("hf_verysecret", File.ReadAllText(file), StringComparison.Ordinal));
    }

    public void Dispose() => desk.Dispose();
}
