using System.Text.Json;
using LlmKick.Hub;

namespace LlmKick.Tests.Hub;

/// <summary>One cache and one server for this tool and for Hugging Face's own client for JavaScript, in both orders.</summary>
public sealed class HubOracleTests : IDisposable
{
    private static readonly byte[] Weights = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 11))];

    private readonly HubDesk desk = new();

    public HubOracleTests()
    {
        desk.Server.Add("models/made/tiny", ("config.json", "{}"u8.ToArray()), ("tokenizer.json", "{\"a\":1}"u8.ToArray()),
            ("model.safetensors", Weights), ("additional_chat_templates/tool.jinja", "{{1}}"u8.ToArray()));
        desk.Server.Add("datasets/made/data", ("test/a.jsonl", "{}"u8.ToArray()), ("train.parquet", Weights));
    }

    [Theory]
    [InlineData("made/tiny", "models/made/tiny")]
    [InlineData("hub:made/data", "datasets/made/data")]
    public async Task Oracle_AfterUs_FindsEveryFileWithoutAskingForItsContent(string address, string repository)
    {
        var place = await desk.FetchAsync(address.StartsWith("hub:", StringComparison.Ordinal) ? HubDesk.Data(address)
            : HubDesk.Model(address));
        var sent = desk.Server.Sent;
        var files = desk.Server.Repositories[repository].Files;
        foreach (var path in files.Keys)
            Assert.Equal(Path.Combine(place, path), (await AskAsync("file", repository, path)).GetProperty("path").GetString());
        Assert.Equal(place, (await AskAsync("snapshot", repository)).GetProperty("path").GetString());
        Assert.Equal(sent, desk.Server.Sent);
        var scan = await AskAsync("scan", repository);
        Assert.Empty(scan.GetProperty("warnings").EnumerateArray());
        var own = Assert.Single(scan.GetProperty("repos").EnumerateArray());
        Assert.Equal(repository.Split('/', 2)[1], own.GetProperty("name").GetString());
        // It looks for files at the top of a commit alone.
        var top = files.Where(file => !file.Key.Contains('/', StringComparison.Ordinal)).ToList();
        Assert.Equal((top.Count, top.Sum(file => file.Value.Length)),
            (own.GetProperty("files").GetInt32(), own.GetProperty("size").GetInt32()));
        var revision = Assert.Single(own.GetProperty("revisions").EnumerateArray());
        Assert.Equal((desk.Server.Repositories[repository].Commit, "main"),
            (revision.GetProperty("commit").GetString(), Assert.Single(revision.GetProperty("refs").EnumerateArray()).GetString()));
    }

    [Theory]
    [InlineData("made/tiny", "models/made/tiny")]
    [InlineData("hub:made/data/train.parquet", "datasets/made/data")]
    public async Task We_AfterTheOracle_FindEveryFileWithoutAsking(string text, string repository)
    {
        var snapshot = (await AskAsync("snapshot", repository)).GetProperty("path").GetString()!;
        desk.Server.Requests.Clear();
        RemoteAddress address = text.StartsWith("hub:", StringComparison.Ordinal) ? HubDesk.Data(text) : HubDesk.Model(text);
        Assert.StartsWith(snapshot, desk.Find(address), StringComparison.Ordinal);
        Assert.Empty(desk.Server.Requests);
        var kept = Assert.Single(CachedRepository.All(new HubCache(desk.Settings.CacheFolder),
            repository[0] == 'm' ? HubKind.Model : HubKind.Dataset));
        Assert.Empty(await kept.VerifyAsync(_ => { }, TestContext.Current.CancellationToken));
        Assert.Equal(desk.Server.Repositories[repository].Files.Values.Sum(file => file.Length), CachedRepository.Size([kept]));
    }

    [Fact]
    public async Task We_AfterPartOfADownloadOfTheOracle_FetchTheRestAlone()
    {
        await AskAsync("file", "models/made/tiny", "model.safetensors");
        var sent = desk.Server.Sent;
        var place = await desk.FetchAsync(HubDesk.Model("made/tiny"));
        Assert.Equal(Weights, await File.ReadAllBytesAsync(Path.Combine(place, "model.safetensors"),
            TestContext.Current.CancellationToken));
        Assert.Equal(2 + 7 + 5, desk.Server.Sent - sent);
    }

    public void Dispose() => desk.Dispose();

    private Task<JsonElement> AskAsync(string verb, string repository, string? path = null) => Oracle.AskAsync("hub.mjs", new
    {
        verb, url = desk.Server.Url, cache = desk.Settings.CacheFolder,
        repo = new { type = repository.Split('/')[0].TrimEnd('s'), name = repository.Split('/', 2)[1] }, path,
    });
}
