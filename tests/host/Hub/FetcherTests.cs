using System.Text;
using LlmKick.Hub;
using LlmKick.Sdk;

namespace LlmKick.Tests.Hub;

public sealed class FetcherTests : IDisposable
{
    private static readonly byte[] Weights = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 7))];

    private readonly HubDesk desk = new();

    private HubContents Tiny() => desk.Server.Add("models/made/tiny", ("config.json", "{}"u8.ToArray()),
        ("tokenizer.json", "{\"a\":1}"u8.ToArray()), ("model.safetensors", Weights), ("pytorch_model.bin", Weights),
        ("onnx/model.onnx", Weights), ("original/consolidated.00.pth", Weights),
        ("additional_chat_templates/tool.jinja", "{{1}}"u8.ToArray()),
        ("README.md", "# Tiny"u8.ToArray()));

    [Fact]
    public async Task Fetch_Model_LaysTheCacheOutAsPythonDoes()
    {
        var tiny = Tiny();
        var place = await desk.FetchAsync(HubDesk.Model("made/tiny"));
        var own = Path.Combine(desk.Settings.CacheFolder, "models--made--tiny");
        Assert.Equal(Path.Combine(own, "snapshots", tiny.Commit), place);
        Assert.Equal(tiny.Commit, File.ReadAllText(Path.Combine(own, "refs", "main")));
        Assert.Equal(["additional_chat_templates/tool.jinja", "config.json", "model.safetensors", "tokenizer.json"], Files(place));
        var link = Path.Combine(place, "model.safetensors");
        Assert.Equal(Path.Combine("..", "..", "blobs", HubServer.Sha256(Weights)), new FileInfo(link).LinkTarget);
        Assert.Equal(Path.Combine("..", "..", "..", "blobs", HubServer.GitHash("{{1}}"u8.ToArray())),
            new FileInfo(Path.Combine(place, "additional_chat_templates", "tool.jinja")).LinkTarget);
        Assert.Equal(Weights, await File.ReadAllBytesAsync(link, TestContext.Current.CancellationToken));
        Assert.StartsWith("Signature: 8a477f597d28d172789f06886806bc55", File.ReadAllText(Path.Combine(desk.Settings.CacheFolder,
            "CACHEDIR.TAG")), StringComparison.Ordinal);
        var kept = new HubCache(desk.Settings.CacheFolder).Tree(new(HubKind.Model, "made/tiny"), tiny.Commit)!;
        Assert.Equal(tiny.Files.Keys.Order(), kept.Files.Keys.Order());
        Assert.Contains($"\"lfs_sha256\":\"{HubServer.Sha256(Weights)}\",\"lfs_size\":3000", File.ReadAllText(Path.Combine(own, "trees",
            tiny.Commit + ".json")), StringComparison.Ordinal);
        Assert.Contains("\"format_version\":1", File.ReadAllText(Path.Combine(own, "trees", tiny.Commit + ".json")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_WhatIsHere_AsksNobody()
    {
        Tiny();
        await desk.FetchAsync(HubDesk.Model("made/tiny"));
        desk.Server.Requests.Clear();
        Assert.NotNull(desk.Find(HubDesk.Model("made/tiny")));
        Assert.Empty(desk.Server.Requests);
    }

    [Fact]
    public async Task Fetch_ShardsWithAnIndex_TakesThoseThatItNames()
    {
        desk.Server.Add("models/made/shards", ("config.json", "{}"u8.ToArray()),
            ("model.safetensors.index.json",
                """{"weight_map":{"a":"model-00001-of-00002.safetensors","b":"other.safetensors"}}"""u8.ToArray()),
            ("model-00001-of-00002.safetensors", Weights), ("model-00002-of-00002.safetensors", Weights[..100]),
            ("other.safetensors", Weights[..200]), ("consolidated.safetensors", Weights[..300]));
        Assert.Equal(["config.json", "model-00001-of-00002.safetensors", "model.safetensors.index.json", "other.safetensors"],
            Files(await desk.FetchAsync(HubDesk.Model("made/shards"))));
    }

    [Fact]
    public async Task Fetch_GgufFile_TakesItAndItsPartsAlone()
    {
        desk.Server.Add("models/made/gguf", ("README.md", "x"u8.ToArray()), ("a-Q4.gguf", Weights),
            ("q8/a-00001-of-00002.gguf", Weights[..100]),
            ("q8/a-00002-of-00002.gguf", Weights[..200]));
        var place = await desk.FetchAsync(HubDesk.Model("made/gguf:q8/a-00001-of-00002.gguf"));
        Assert.EndsWith("/q8/a-00001-of-00002.gguf", place.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Equal(["a-00001-of-00002.gguf", "a-00002-of-00002.gguf"], Files(Path.GetDirectoryName(place)!));
        await Refused(HubDesk.Model("made/gguf"), "has 2 GGUF models: write which, 'made/gguf:FILE', FILE being one of a-Q4.gguf, "
            + "q8/a-00001-of-00002.gguf.");
        await Refused(HubDesk.Model("made/gguf:a-Q5.gguf"), "'made/gguf' has no file 'a-Q5.gguf' at revision 'main'; did you mean "
            + "'a-Q4.gguf'? It has a-Q4.gguf, ");
    }

    [Fact]
    public async Task Fetch_BlobThatIsThere_IsLinkedWithoutAsking()
    {
        Tiny();
        await desk.FetchAsync(HubDesk.Model("made/tiny"));
        var place = desk.Find(HubDesk.Model("made/tiny"))!;
        File.Delete(Path.Combine(place, "model.safetensors"));
        Assert.Null(desk.Find(HubDesk.Model("made/tiny")));
        var before = desk.Server.Sent;
        await desk.FetchAsync(HubDesk.Model("made/tiny"));
        Assert.Equal(before, desk.Server.Sent);
    }

    [Fact]
    public async Task Fetch_CutAtAnyByte_EndsAsACleanDownloadAndTakesNoByteTwice()
    {
        Tiny();
        foreach (var cut in new[] { 0, 1, 2, 63, 1024, 2999 })
        {
            desk.Settings = desk.Settings with { CacheFolder = Path.Combine(desk.Folder, $"hub{cut}") };
            var (sent, cuts) = (desk.Server.Sent, 0);
            desk.Server.Faults = request => request.Path.StartsWith("/kept/", StringComparison.Ordinal) && cuts++ == 0
                ? new HubFault { Cut = cut } : null;
            await Whole("made/tiny");
            Assert.Equal(2, cuts);
            Assert.Equal(Weights.Length + 14, desk.Server.Sent - sent);
        }
    }

    [Fact]
    public async Task Fetch_CutEveryFewBytes_GoesOnForAsLongAsItComesFarther()
    {
        Tiny();
        desk.Server.Faults = request => request.IsContent ? new HubFault { Cut = 100 } : null;
        await Whole("made/tiny");
    }

    [Fact]
    public async Task Fetch_ByALaterProcess_GoesOnAfterWhatAnEarlierOneLeft()
    {
        Tiny();
        var cuts = 0;
        desk.Server.Faults = request => request.Path.StartsWith("/kept/", StringComparison.Ordinal)
            ? new HubFault { Cut = cuts++ == 0 ? 2000 : -1 } : null;
        await Refused(HubDesk.Model("made/tiny"), "what was fetched is kept");
        var sent = desk.Server.Sent;
        desk.Server.Faults = _ => null;
        await Whole("made/tiny");
        Assert.Equal(1000, desk.Server.Sent - sent);
        Assert.Equal(2000, desk.Server.Requests.Last(request => request.IsContent).From);
    }

    [Fact]
    public async Task Fetch_RangeAnsweredByAll_BeginsAnew()
    {
        Tiny();
        var asked = 0;
        desk.Server.Faults = request => request.Path.StartsWith("/kept/", StringComparison.Ordinal)
            ? new HubFault { Cut = asked++ == 0 ? 500 : null, IgnoresRange = true } : null;
        await Whole("made/tiny");
    }

    [Fact]
    public async Task Fetch_WrongBytesOfTheRightSize_AreFetchedAgain()
    {
        Tiny();
        var asked = 0;
        desk.Server.Faults = request => request.IsContent && !request.Path.Contains("tokenizer", StringComparison.Ordinal) && asked++ < 4
            ? new HubFault { Wrong = 1 } : null;
        await Whole("made/tiny");
    }

    [Theory]
    [InlineData("/kept/")]
    [InlineData("config.json")]
    public async Task Fetch_WrongBytesAlways_AreRefused(string path)
    {
        Tiny();
        desk.Server.Faults = request => request.IsContent && request.Path.Contains(path, StringComparison.Ordinal)
            ? new HubFault { Wrong = 0 } : null;
        await Refused(HubDesk.Model("made/tiny"), "sends other bytes for '");
        desk.Server.Faults = _ => null;
        await Whole("made/tiny");
    }

    [Fact]
    public async Task Fetch_EveryStepFailsOnce_IsTriedAgain()
    {
        Tiny();
        foreach (var status in new[] { 408, 429, 500, 502, 503, 504 })
        {
            desk.Settings = desk.Settings with { CacheFolder = Path.Combine(desk.Folder, $"hub{status}") };
            var failed = new HashSet<string>();
            desk.Server.Faults = request =>
            {
                lock (failed)
                    return failed.Add(request.Path) ? new HubFault { Status = status } : null;
            };
            await Whole("made/tiny");
            Assert.Equal(7, failed.Count); // revision, tree, four files, of which one is kept elsewhere
        }
    }

    [Theory]
    [InlineData("Retry-After: 7", 8)]
    [InlineData("RateLimit: \"api\";r=0;t=55", 56)]
    public async Task Fetch_TooManyRequests_WaitsAsLongAsTheServerAsks(string header, int seconds)
    {
        Tiny();
        var asked = 0;
        desk.Server.Faults = _ => asked++ == 0 ? new HubFault { Status = 429, Headers = [header] } : null;
        await Whole("made/tiny");
        Assert.Equal([TimeSpan.FromSeconds(seconds)], desk.Pauses);
    }

    [Fact]
    public async Task Fetch_ServerThatFails_TellsEachWaitOnce()
    {
        Tiny();
        var asked = 0;
        desk.Server.Faults = _ => asked++ < 2 ? new HubFault { Status = 503 } : null;
        await Whole("made/tiny");
        Assert.Equal(["waiting 1 s: the hub answered 503", "waiting 2 s: the hub answered 503"],
            desk.Notes.Where(note => note.StartsWith("waiting", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(501)]
    [InlineData(511)]
    public async Task Fetch_StatusThatAnotherTryCannotMend_IsNotTriedAgain(int status)
    {
        Tiny();
        desk.Server.Faults = _ => new HubFault { Status = status };
        await Refused(HubDesk.Model("made/tiny"), $"(status {status})");
        Assert.Empty(desk.Pauses);
    }

    [Fact]
    public async Task Fetch_CertificateThatDoesNotHold_IsNotTriedAgain()
    {
        using var server = new UntrustedServer();
        desk.Settings = desk.Settings with { Endpoint = new Uri(server.Url) };
        await Refused(HubDesk.Model("made/tiny"), "cannot be trusted: its certificate does not hold");
        Assert.Empty(desk.Pauses);
        Assert.StartsWith("to fetch: made/tiny, size unknown ('127.0.0.1:",
            (await desk.PlanAsync(HubDesk.Model("made/tiny")))[0].Sentence(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ServerThatRests_IsWaitedForAndOneThatStandsStillIsNot()
    {
        Tiny();
        desk.Settings = desk.Settings with { Patience = TimeSpan.FromMilliseconds(500) };
        var asked = 0;
        desk.Server.Faults = request => request.Path.StartsWith("/kept/", StringComparison.Ordinal) && asked++ == 0
            ? new HubFault { Rest = TimeSpan.FromSeconds(3) } : null;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Whole("made/tiny");
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(2.5));
        Assert.Equal(1500, desk.Server.Requests.Last(request => request.Path.StartsWith("/kept/", StringComparison.Ordinal)).From);
    }

    [Fact]
    public async Task Fetch_Token_GoesToTheHubAlone()
    {
        Tiny().Token = "hf_secret";
        await Refused(HubDesk.Model("made/tiny"), "'made/tiny' is given only to those who accept its terms: accept them at "
            + $"{desk.Server.Url}/made/tiny, then set HF_TOKEN to a token of that account");
        desk.Settings = desk.Settings with { Token = new HubToken("hf_secret", "HF_TOKEN") };
        await Whole("made/tiny");
        Assert.All(desk.Server.Requests.Where(request => request.Path.StartsWith("/kept/", StringComparison.Ordinal)),
            request => Assert.Null(request.Token));
        desk.Settings = desk.Settings with { Token = new HubToken("hf_other", "HF_TOKEN"), CacheFolder = desk.Folder + "/2" };
        var message = await Refused(HubDesk.Model("made/tiny"), "(the one in HF_TOKEN is not enough)");
        Assert.DoesNotContain("hf_other", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_WhatIsNotThere_IsTold()
    {
        Tiny();
        await Refused(HubDesk.Model("made/tyny"), "The hub has no model 'made/tyny', or does not show it, and no file or folder here is "
            + "called so: check the name.");
        await Refused(HubDesk.Model("made/tiny@v1.1"), "'made/tiny' has no revision 'v1.1'; did you mean 'v1.0'? It has main, v1.0.");
        desk.Server.Add("datasets/made/data", ("test/a.jsonl", "{}"u8.ToArray()));
        await Refused(HubDesk.Data("hub:made/data/test/b.jsonl"), "'made/data' has no file 'test/b.jsonl' at revision 'main'; did you mean "
            + "'test/a.jsonl'?");
        desk.Server.Dispose();
        desk.Server.Requests.Clear();
        await Refused(HubDesk.Model("made/tiny"), "cannot be reached: check the connection, or work with what is here by --offline.");
        desk.Settings = desk.Settings with { Offline = "HF_HUB_OFFLINE" };
        await Refused(HubDesk.Model("made/tiny"), "'made/tiny' is not on this machine, and HF_HUB_OFFLINE forbids to fetch: unset that, "
            + "and \"llmkick model fetch made/tiny\" fetches it; or name what is here.");
        await Refused(HubDesk.Data("hub:made/data/*.txt"), "\"llmkick data fetch 'hub:made/data/*.txt'\" fetches it");
    }

    [Fact]
    public async Task Fetch_RenamedRepository_IsFollowed()
    {
        Tiny();
        desk.Server.Faults = request => request.Target.Contains("made/old", StringComparison.Ordinal) ? new HubFault { Status = 307,
            Headers = [$"Location: {request.Target.Replace("made/old", "made/tiny", StringComparison.Ordinal)}"] } : null;
        var place = await desk.FetchAsync(HubDesk.Model("made/old"));
        Assert.Equal(Weights, await File.ReadAllBytesAsync(Path.Combine(place, "model.safetensors"),
            TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/api/models/made/tiny/revision/main", "leads from one address to the next without end")]
    [InlineData("file:///etc/passwd", "leads to an address that is not followed, from http to file")]
    public async Task Fetch_RedirectThatLeadsNowhere_IsRefused(string place, string sentence)
    {
        Tiny();
        desk.Server.Faults = _ => new HubFault { Status = 302, Headers = [$"Location: {place}"] };
        await Refused(HubDesk.Model("made/tiny"), sentence);
    }

    [Fact]
    public async Task Fetch_PageInsteadOfAnAnswer_IsTold()
    {
        Tiny();
        desk.Server.Faults = _ => new HubFault { Status = 200 };
        await Refused(HubDesk.Model("made/tiny"), "does not answer as the hub does: check HF_ENDPOINT");
    }

    [Theory]
    [InlineData("""["a", "b"]""")]
    [InlineData("""[{"type": 5, "path": 6}]""")]
    public async Task Fetch_ListingOfOtherThings_IsASentence(string listing)
    {
        Tiny().Listing = listing;
        await Refused(HubDesk.Model("made/tiny"), "made/tiny");
    }

    [Fact]
    public async Task Fetch_MoreThanTheDiskHas_IsToldBefore()
    {
        Tiny().Listing = $$"""[{"type":"file","oid":"{{new string('a', 40)}}","size":1000000000000000,"path":"model.safetensors"}]""";
        await Refused(HubDesk.Model("made/tiny"), "'made/tiny' needs 1000000.00 GB more on the disk of");
    }

    [Fact]
    public async Task Fetch_CacheThatCannotBeWritten_IsTold()
    {
        Tiny();
        await File.WriteAllTextAsync(desk.Settings.CacheFolder, "a file", TestContext.Current.CancellationToken);
        await Refused(HubDesk.Model("made/tiny"), $"The cache '{desk.Settings.CacheFolder}' cannot be written: ");
    }

    [Theory]
    [InlineData("../out.json")]
    [InlineData("/etc/out.json")]
    [InlineData("a/../../out.json")]
    [InlineData("a\\\\..\\\\out.json")]
    [InlineData("C:out.json")]
    [InlineData("a//b.json")]
    [InlineData("a\\u0000b.json")]
    [InlineData("")]
    public async Task Fetch_ListingThatLeavesItsFolder_IsRefused(string path)
    {
        Tiny().Listing = $$"""[{"type":"file","oid":"{{new string('a', 40)}}","size":2,"path":"{{path}}"}]""";
        await Refused(HubDesk.Model("made/tiny"), "The listing of 'made/tiny' cannot be used: its file '");
        Assert.False(Directory.Exists(desk.Settings.CacheFolder));
    }

    [Theory]
    [InlineData("""{"type":"file","oid":"HASH","size":-2,"path":"a.json"}""", "has -2 bytes, which no file has")]
    [InlineData("""{"type":"file","oid":"../../x","size":2,"path":"a.json"}""", "has no hash")]
    [InlineData("""{"type":"file","oid":"HASH","size":2,"path":"a.json","lfs":{"oid":"../x","size":3}}""", "has no hash")]
    [InlineData("""{"type":"file","oid":"HASH","size":2,"path":"a"},{"type":"file","oid":"HASH","size":2,"path":"a/b"}""",
        "its file 'a' is a folder too")]
    [InlineData("""{"type":"file","oid":"HASH","size":2,"path":"a"},{"type":"file","oid":"HASH","size":2,"path":"a"}""",
        "is there twice")]
    public async Task Fetch_StrangeListing_IsRefused(string entries, string reason)
    {
        Tiny().Listing = $"[{entries.Replace("HASH", new string('a', 40), StringComparison.Ordinal)}]";
        await Refused(HubDesk.Model("made/tiny"), reason);
    }

    [Fact]
    public async Task Fetch_ListingInPages_IsReadToItsEnd()
    {
        Tiny().IsPaged = true;
        await Whole("made/tiny");
    }

    [Fact]
    public async Task Fetch_WithoutLinks_PutsFilesThemselvesInPlace()
    {
        Tiny();
        desk.Settings = desk.Settings with { Links = false };
        var place = await desk.FetchAsync(HubDesk.Model("made/tiny"));
        Assert.Null(new FileInfo(Path.Combine(place, "model.safetensors")).LinkTarget);
        Assert.Equal(Weights, await File.ReadAllBytesAsync(Path.Combine(place, "model.safetensors"),
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_BranchThatMovedOn_TakesWhatIsNew()
    {
        Tiny();
        await desk.FetchAsync(HubDesk.Model("made/tiny"));
        var sent = desk.Server.Sent;
        desk.Server.Repositories["models/made/tiny"] = new HubContents(HubServer.CommitOf(99)) { Files = new(desk.Server.Repositories[
            "models/made/tiny"].Files) { ["config.json"] = "{\"b\":2}"u8.ToArray() } };
        Assert.NotNull(desk.Find(HubDesk.Model("made/tiny"))); // what is here is good enough until something is missing
        var place = await desk.FetchAsync(HubDesk.Model("made/tiny"));
        Assert.EndsWith(HubServer.CommitOf(99), place, StringComparison.Ordinal);
        Assert.Equal(7, desk.Server.Sent - sent);
    }

    [Fact]
    public async Task Fetch_ByTwoAtOnce_TakesEveryFileOnce()
    {
        Tiny();
        desk.Server.Faults = request => request.IsContent ? new HubFault { Rest = TimeSpan.FromMilliseconds(200) } : null;
        await Task.WhenAll(desk.FetchAsync(HubDesk.Model("made/tiny")), desk.FetchAsync(HubDesk.Model("made/tiny")));
        Assert.Equal(Weights.Length + 14, desk.Server.Sent);
        Assert.Contains(desk.Notes, note => note.StartsWith("Waiting for another process that fetches ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Find_OfflineWhatAnotherProgramTookInPart_IsGoodEnoughWithWeights()
    {
        Tiny();
        var place = await desk.FetchAsync(HubDesk.Model("made/tiny"));
        File.Delete(Path.Combine(place, "tokenizer.json"));
        Assert.Null(desk.Find(HubDesk.Model("made/tiny")));
        desk.Settings = desk.Settings with { Offline = "--offline" };
        Assert.Equal(place, desk.Find(HubDesk.Model("made/tiny")));
        File.Delete(Path.Combine(place, "model.safetensors"));
        Assert.Null(desk.Find(HubDesk.Model("made/tiny")));
    }

    [Fact]
    public async Task Fetch_ListingOfALaterForm_IsLeftAsItIs()
    {
        var commit = Tiny().Commit;
        var tree = Path.Combine(desk.Settings.CacheFolder, "models--made--tiny", "trees", commit + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(tree)!);
        const string later = """{"format_version":2,"files":[]}""";
        await File.WriteAllTextAsync(tree, later, TestContext.Current.CancellationToken);
        await Whole("made/tiny");
        Assert.Equal(later, await File.ReadAllTextAsync(tree, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(tree, "{ damaged", TestContext.Current.CancellationToken);
        await Whole("made/tiny");
        Assert.StartsWith("""{"format_version":1""", await File.ReadAllTextAsync(tree, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_Data_TakesAFileAFolderAndAPattern()
    {
        desk.Server.Add("datasets/made/data", ("README.md", "x"u8.ToArray()), ("test/a.jsonl", "1"u8.ToArray()),
            ("test/b.jsonl", "2"u8.ToArray()), ("train-0.parquet", Weights), ("train-1.parquet", Weights[..99]));
        var file = await desk.FetchAsync(HubDesk.Data("hub:made/data/test/a.jsonl"));
        Assert.Equal("1", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains("datasets--made--data", file, StringComparison.Ordinal);
        Assert.Null(desk.Find(HubDesk.Data("hub:made/data/test")));
        Assert.Equal(["a.jsonl", "b.jsonl"], Files(await desk.FetchAsync(HubDesk.Data("hub:made/data/test"))));
        Assert.EndsWith("train-1.parquet", await desk.FetchAsync(HubDesk.Data("hub:made/data/*-1.parquet")), StringComparison.Ordinal);
        Assert.Equal(["test/a.jsonl", "test/b.jsonl", "train-1.parquet"], Files(Path.GetDirectoryName(Path.GetDirectoryName(file)!)!));
        Assert.EndsWith("snapshots/" + HubServer.CommitOf("datasets/made/data".Length),
            (await desk.FetchAsync(HubDesk.Data("hub:made/data@v1.0/train-*.parquet"))).Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_WebFile_IsTakenByItsHashAndGoneOnWith()
    {
        var address = HubDesk.Data($"{desk.Server.Put("big.txt", Weights)}#sha256={HubServer.Sha256(Weights)}");
        var cuts = 0;
        desk.Server.Faults = _ => cuts++ == 1 ? new HubFault { Cut = 2500 } : null;
        var place = await desk.FetchAsync(address);
        Assert.Equal(Path.Combine(desk.Settings.DownloadFolder, HubServer.Sha256(Weights), "big.txt"), place);
        Assert.Equal(Weights, await File.ReadAllBytesAsync(place, TestContext.Current.CancellationToken));
        await Refused(HubDesk.Data($"{desk.Server.Put("big.txt", Weights)}#sha256={new string('0', 64)}"),
            "it was changed since its address was written");
    }

    [Fact]
    public async Task Plan_WhatIsMissing_TellsItsSizeAndWritesNothing()
    {
        Tiny();
        var web = HubDesk.Data($"{desk.Server.Put("a.txt", Weights)}#sha256={HubServer.Sha256(Weights)}");
        Assert.Equal(["to fetch: made/tiny, 3.0 kB in 4 files", $"to fetch: {web.Text}, 3.0 kB in 1 file"],
            (await desk.PlanAsync(HubDesk.Model("made/tiny"), web)).Select(plan => plan.Sentence()));
        Assert.Equal(["to fetch: made/tiny, 3.0 kB in 4 files", "to fetch: made/tiny@v1.0, no more than what is here or stands above"],
            (await desk.PlanAsync(HubDesk.Model("made/tiny"), HubDesk.Model("made/tiny@v1.0"))).Select(plan => plan.Sentence()));
        Assert.False(Directory.Exists(desk.Settings.CacheFolder));
        desk.Settings = desk.Settings with { Offline = "--offline" };
        Assert.Equal("to fetch: made/tiny, size unknown (--offline)", (await desk.PlanAsync(HubDesk.Model("made/tiny")))[0].Sentence());
        desk.Settings = desk.Settings with { Offline = null };
        desk.Server.Dispose();
        Assert.StartsWith("to fetch: made/tiny, size unknown ('127.0.0.1:",
            (await desk.PlanAsync(HubDesk.Model("made/tiny")))[0].Sentence(), StringComparison.Ordinal);
    }

    public void Dispose() => desk.Dispose();

    /// <summary>Fetches a model, of which then all is as after a clean download.</summary>
    private async Task Whole(string name)
    {
        var place = await desk.FetchAsync(HubDesk.Model(name));
        var files = desk.Server.Repositories["models/" + name].Files;
        Assert.Equal(4, Files(place).Count);
        foreach (var file in Files(place))
            Assert.Equal(files[file], await File.ReadAllBytesAsync(Path.Combine(place, file), TestContext.Current.CancellationToken));
        var blobs = Directory.GetFiles(Path.Combine(place, "..", "..", "blobs"));
        Assert.All(blobs, blob => Assert.True(SafePath.IsHash(Path.GetFileName(blob)), blob));
    }

    private async Task<string> Refused(RemoteAddress address, string sentence)
    {
        var message = (await Assert.ThrowsAnyAsync<LlmKickException>(() => desk.FetchAsync(address))).Message;
        Assert.Contains(sentence, message, StringComparison.Ordinal);
        return message;
    }

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
