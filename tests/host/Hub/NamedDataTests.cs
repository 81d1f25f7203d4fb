using System.Text;
using System.Text.Json.Nodes;
using LlmKick.Hub;
using LlmKick.Tests.Commands;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Hub;

/// <summary>Data sets that recipes call by their names.</summary>
public sealed class NamedDataTests : IDisposable
{
    private readonly HubDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void All_HaveOneNameAndAnAddressThatIsRead()
    {
        Assert.Equal(NamedData.All.Count, NamedData.All.Select(data => data.Name).Distinct().Count());
        Assert.All(NamedData.All, data => Assert.Equal(data.Address, HubDesk.Data(data.Address).Text));
        Assert.All(NamedData.All, data => Assert.False(RemoteAddress.Is(data.Name)));
    }

    [Fact]
    public void All_HaveALayoutThatAnOptionReads_AndReadmeNamesThem()
    {
        var readme = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "README.md"));
        var schema = Tool.Run(desk.Variables, "schema").Out;
        Assert.All(NamedData.All, data => Assert.Contains($"`{data.Name}`", readme, StringComparison.Ordinal));
        Assert.All(NamedData.All, data => Assert.Contains($"\"{data.Name}\"", schema, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Validate_Names_SayWhatIsFetched_AndARunReadsItAndNamesThem()
    {
        var article = Convert.FromBase64String(ParquetDataTests.Stories);
        desk.Server.Add("datasets/abisee/cnn_dailymail", ("3.0.0/test-00000-of-00001.parquet", article),
            ("3.0.0/train-00000-of-00001.parquet", Encoding.UTF8.GetBytes("no Parquet")),
            ("3.0.0/validation-00000-of-00001.parquet", Encoding.UTF8.GetBytes("no Parquet")));
        // Another split was fetched into the same folder before.
        desk.Server.Add("datasets/Salesforce/wikitext", ("wikitext-2-raw-v1/test-00000-of-00002.parquet", article),
            ("wikitext-2-raw-v1/test-00001-of-00002.parquet", article),
            ("wikitext-2-raw-v1/train-00000-of-00001.parquet", Encoding.UTF8.GetBytes("no Parquet")));
        await desk.FetchAsync(HubDesk.Data("hub:Salesforce/wikitext/wikitext-2-raw-v1/train-*.parquet"));
        var recipe = Recipe("""
            variants: [ dense, wanda: { sparsity: 0.5 } ]
            calibration: { text: wikitext-2-raw/test, text_column: article, samples: 1, length: 16 }
            tasks: [ { summarization: { path: cnn_dailymail/test, chat: plain, max_new_tokens: 2 } } ]
            """);
        var asked = Tool.Run(desk.Variables, "validate", recipe);
        Assert.True(asked.ExitCode == 0, asked.Error);
        Assert.Contains("to fetch: hub:abisee/cnn_dailymail/3.0.0/test-*.parquet, ", asked.Out, StringComparison.Ordinal);

        var output = Path.Combine(desk.Folder, "run");
        var run = Tool.Run(desk.Variables, "run", recipe, "--output", output);
        Assert.True(run.ExitCode == 0, run.Error);
        var samples = File.ReadAllLines(Path.Combine(output, "samples", "dense", "summarization.jsonl"));
        Assert.Equal(["f1", "f2"], samples.Select(line => (string)JsonNode.Parse(line)!["id"]!));
        var resolved = File.ReadAllText(Path.Combine(output, "results.json"));
        Assert.Contains("\"cnn_dailymail/test\"", resolved, StringComparison.Ordinal);
        Assert.Contains("\"wikitext-2-raw/test\"", resolved, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wikitext-2-raw/tset", "; did you mean 'wikitext-2-raw/test'? Data sets by name are wikitext-2-raw/train, ")]
    [InlineData("mmlu", "is a data set with rows that 'text' does not read. Data sets by name are wikitext-2-raw/train, ")]
    public void Validate_NameThatDoesNotFit_ListsThoseThatDo(string name, string told)
    {
        var asked = Tool.Run(desk.Variables, "validate", Recipe($$"""
            variants: [ dense ]
            tasks: [ { perplexity: { text: {{name}} } } ]
            """));
        Assert.NotEqual(0, asked.ExitCode);
        Assert.Contains(told, asked.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_FileOfThatName_IsMeant()
    {
        Directory.CreateDirectory(Path.Combine(desk.Folder, "wikitext-2-raw"));
        File.WriteAllText(Path.Combine(desk.Folder, "wikitext-2-raw", "test"), "A text.");
        var asked = Tool.Run(desk.Variables, "validate", Recipe("""
            variants: [ dense ]
            tasks: [ { perplexity: { text: wikitext-2-raw/test } } ]
            """));
        Assert.True(asked.ExitCode == 0, asked.Error);
        Assert.DoesNotContain("to fetch", asked.Out, StringComparison.Ordinal);
    }

    private string Recipe(string rest, string name = "recipe.yaml")
    {
        var path = Path.Combine(desk.Folder, name);
        File.WriteAllText(path, "model: { transformers: { path: llmkick:quickstart/model } }\n" + rest);
        return path;
    }
}
