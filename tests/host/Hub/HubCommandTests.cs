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

    private string Recipe(string model = "made/tiny", string text = "hub:made/text/text.txt")
    {
        var facts = File.ReadAllBytes(Path.Combine(Quickstart, "facts.jsonl"));
        var path = Path.Combine(desk.Folder, "recipe.yaml");
        File.WriteAllText(path, $$"""
            model: { transformers: { path: "{{model}}" } }
            calibration: { text: "hub:made/text/calibration.txt", samples: 2, length: 32 }
            variants: [ dense, wanda: { sparsity: 0.5 } ]
            tasks:
              - perplexity: { text: "{{text}}", window: 64, limit: 2 }
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
        Assert.Contains("'made/other' is not on this machine, and --offline forbids to fetch: \"llmkick model fetch made/other\" fetches "
            + "it", other.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("made/tiny", "hub:made/tiny")]
    [InlineData("one", "hub:one")]
    public void Name_BehindHub_IsOneOnTheCommandLineAndInRecipes(string name, string text)
    {
        Model();
        Data();
        desk.Server.Repositories["models/" + name] = desk.Server.Repositories["models/made/tiny"];
        var validated = Tool.Run(desk.Variables, "validate", Recipe(text));
        Assert.Contains($"to fetch: {text}, 6.4 MB in 4 files", validated.Out, StringComparison.Ordinal);
        var inspected = Tool.Run(desk.Variables, "inspect", text);
        Assert.True(inspected.ExitCode == 0, inspected.Error);
    }

    [Theory]
    [InlineData("made/tiny@", "'made/tiny@' is no file or folder here, and as a model of the hub it names no revision behind '@'")]
    [InlineData("one", "'one' is no file or folder here: for the hub's model of that name write hub:one")]
    public void Name_ThatIsNone_IsToldAlikeOnTheCommandLineAndInRecipes(string text, string sentence)
    {
        Assert.StartsWith(sentence, Tool.Run(desk.Variables, "inspect", text).Error, StringComparison.Ordinal);
        Assert.Contains($"recipe.yaml:1:32: path: {sentence}", Tool.Run(desk.Variables, "validate", Recipe(text)).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_HubThatFails_TellsItsWaitsInPlainOutput()
    {
        Model();
        var asked = 0;
        desk.Server.Faults = _ => asked++ == 0 ? new HubFault { Status = 503, Headers = ["Retry-After: 0"] } : null;
        var fetched = Tool.Run(desk.Variables, "model", "fetch", "made/tiny");
        Assert.Equal(0, fetched.ExitCode);
        Assert.Single(fetched.ErrorLines, line => line == "waiting 1 s: the hub answered 503");
    }

    [Theory]
    [InlineData("made/tiny@v9", "", "1:32: path: 'made/tiny@v9' cannot be had: 'made/tiny' has no revision 'v9'")]
    [InlineData("made/gated", "", "1:32: path: 'made/gated' cannot be had: 'made/gated' is given only to those who accept its terms")]
    [InlineData("made/tiny", "hub:made/text/none.txt", "5:25: text: 'hub:made/text/none.txt' cannot be had: 'made/text' has no file")]
    public void Recipe_WithNothingAtAnAddress_IsToldByItsLineAndKey(string model, string text, string sentence)
    {
        Model();
        Data();
        desk.Server.Repositories["models/made/gated"] = desk.Server.Repositories["models/made/tiny"] with { Token = "hf_other" };
        var recipe = Recipe(model, text.Length > 0 ? text : "hub:made/text/text.txt");
        foreach (var verb in new[] { "validate", "plan", "run" })
        {
            var told = Tool.Run(desk.Variables, verb, recipe);
            Assert.Equal(2, told.ExitCode);
            Assert.Contains($"recipe.yaml:{sentence}", told.Error, StringComparison.Ordinal);
        }
        var json = Tool.Run(desk.Variables, "validate", recipe, "--json").Json;
        Assert.False((bool)json["valid"]!);
        Assert.Contains("cannot be had", (string)json["problems"]![0]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipe_OfflineWithoutItsFiles_IsToldByLinesAndKeys() =>
        Assert.Equal(["1:32: path", "2:22: text", "5:25: text", "6:23: path"],
            Tool.Run(desk.Variables, "run", Recipe(), "--offline").ErrorLines.Select(line => string.Join(':', line.Split(':')[1..4])));

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
        Assert.Contains($"\"hub:made/text@{desk.Server.Repositories["datasets/made/text"].Commit}/text.txt\"", results,
            StringComparison.Ordinal);
        desk.Server.Requests.Clear();
        Assert.Equal(0, Tool.Run(desk.Variables, "plan", recipe, "--output", output).ExitCode);
        Assert.Empty(desk.Server.Requests);
    }

    [Fact]
    public void Run_HarnessTaskOfADataSet_IsFetchedAndToldBefore()
    {
        Model();
        desk.Server.Add("datasets/made/exam", ("easy/test-00000-of-00001.jsonl",
            "{\"q\": \"one\", \"c\": [\"a\", \"b\"], \"r\": 0}\n{\"q\": \"two\", \"c\": [\"a\", \"b\"], \"r\": 1}\n"u8.ToArray()),
            ("hard/test-00000-of-00001.jsonl", new byte[100_000]));
        Directory.CreateDirectory(Path.Combine(desk.Folder, "tasks"));
        File.WriteAllText(Path.Combine(desk.Folder, "tasks", "exam.yaml"), "task: exam\ndataset_path: made/exam\ndataset_name: easy\n"
            + "output_type: multiple_choice\ntest_split: test\ndoc_to_text: q\ndoc_to_choice: c\ndoc_to_target: r\n");
        var (recipe, output) = (Path.Combine(desk.Folder, "exam-run.yaml"), Path.Combine(desk.Folder, "run"));
        File.WriteAllText(recipe, "model: { transformers: { path: made/tiny } }\nvariants: [ dense ]\ntasks:\n"
            + "  - harness: { folder: tasks, tasks: [exam], data: \"hub:made/exam/easy\" }\n");
        foreach (var verb in new[] { "validate", "plan" })
            Assert.Contains("to fetch: hub:made/exam/easy, 0.1 kB in 1 file", Tool.Run(desk.Variables, verb, recipe).Out,
                StringComparison.Ordinal);
        var run = Tool.Run(desk.Variables, "run", recipe, "--output", output);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("\"hub:made/exam@", File.ReadAllText(Path.Combine(output, "results.json")), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(Directory.GetFiles(Path.Combine(output, "harness"), "samples.jsonl",
            SearchOption.AllDirectories)[0]).Length);
    }

    [Fact]
    public void Run_Token_IsWrittenNowhere()
    {
        Model().Token = "hf_verysecret";
        Data();
        var (recipe, output) = (Recipe(), Path.Combine(desk.Folder, "run"));
        var refused = Tool.Run(desk.Variables, "run", recipe, "--output", output);
        Assert.Contains("'made/tiny' is given only to those who accept its terms", refused.Error, StringComparison.Ordinal);
        var run = Tool.Run(new Dictionary<string, string>(desk.Variables) { ["HF_TOKEN"] = "hf_verysecret" }, "run", recipe,
            "--output", output, "-v", "debug");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("hf_verysecret", run.Out + run.Error, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(desk.Folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("blobs")),
            file => Assert.DoesNotContain("hf_verysecret", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Fetch_DiskThatEnds_IsASentenceAndGoneOnWith()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs ulimit");
        Model();
        var set = string.Concat(desk.Variables.Select(one => $"export {one.Key}='{one.Value}'; "));
        var full = Tool.Shell($"{set}export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 4000; exec \"$TOOL\" model fetch "
            + "made/tiny");
        Assert.Equal(1, full.ExitCode);
        Assert.Contains($"The cache '{desk.Settings.CacheFolder}' cannot be written: ", full.Error, StringComparison.Ordinal);
        Assert.Contains("Make room or give write access, or set HF_HUB_CACHE to another folder; what was fetched is kept.", full.Error,
            StringComparison.Ordinal);
        var sent = desk.Server.Sent;
        Assert.Equal(0, Tool.Run(desk.Variables, "model", "fetch", "made/tiny").ExitCode);
        Assert.True(desk.Server.Sent - sent < 6300160 - 4_000_000 + 100_000);
    }

    [Fact]
    public void Verify_DamagedBlob_IsToldAndReplacedOverItsLink()
    {
        var commit = Model().Commit;
        Assert.Equal(0, Tool.Run(desk.Variables, "model", "fetch", "made/tiny").ExitCode);
        var weights = Path.Combine(desk.Settings.CacheFolder, "models--made--tiny", "snapshots", commit, "model.safetensors");
        var right = File.ReadAllBytes(weights);
        var blob = new FileInfo(weights).ResolveLinkTarget(false)!.FullName;
        // As a store that repositories share has it: the blob is itself a link, and what it leads to belongs to others too.
        var store = Path.Combine(desk.Settings.CacheFolder, "blobs", "ab", "abcd");
        Directory.CreateDirectory(Path.GetDirectoryName(store)!);
        File.Move(blob, store);
        File.WriteAllText(store + ".refs", "models--made--tiny/blobs/x\n");
        File.WriteAllText(Path.Combine(desk.Settings.CacheFolder, "blobs", ".huggingface-shared-blobs"), "1\n");
        File.CreateSymbolicLink(blob, "../../blobs/ab/abcd");
        Assert.Contains("4 files are as they were fetched.", Tool.Run(desk.Variables, "model", "verify").Out, StringComparison.Ordinal);
        var wrong = (byte[])right.Clone();
        wrong[^1] ^= 1;
        File.WriteAllBytes(store, wrong);
        var told = Tool.Run(desk.Variables, "model", "verify", "made/tiny");
        Assert.Equal(1, told.ExitCode);
        Assert.Contains($"made/tiny@{commit[..12]}: 'model.safetensors' holds something else than its hash", told.Out,
            StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run(desk.Variables, "model", "verify", "--repair").ExitCode);
        Assert.Equal(right, File.ReadAllBytes(weights));
        Assert.Equal(wrong, File.ReadAllBytes(store));
        Assert.Equal("models--made--tiny/blobs/x\n", File.ReadAllText(store + ".refs"));
        Assert.Null(new FileInfo(blob).LinkTarget);
        Assert.Equal(0, Tool.Run(desk.Variables, "model", "verify").ExitCode);
    }

    [Fact]
    public void List_SharedBytes_AreCountedOnceAndTheStoreIsNoRepository()
    {
        Model();
        desk.Server.Repositories["models/made/twin"] = desk.Server.Repositories["models/made/tiny"];
        foreach (var name in new[] { "made/tiny", "made/twin" })
            Assert.Equal(0, Tool.Run(desk.Variables, "model", "fetch", name).ExitCode);
        var twice = Bytes();
        var store = Path.Combine(desk.Settings.CacheFolder, "blobs", "ab", "abcd");
        Directory.CreateDirectory(Path.GetDirectoryName(store)!);
        foreach (var name in new[] { "tiny", "twin" })
        {
            var blob = new FileInfo(Path.Combine(desk.Settings.CacheFolder, $"models--made--{name}", "snapshots",
                desk.Server.Repositories["models/made/tiny"].Commit, "model.safetensors")).ResolveLinkTarget(false)!.FullName;
            File.Move(blob, store, overwrite: true);
            File.CreateSymbolicLink(blob, "../../blobs/ab/abcd");
        }
        Assert.Equal(twice - 6300160, Bytes());
        Assert.Contains("made/twin  main, ", Tool.Run(desk.Variables, "model", "list").Out, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run(desk.Variables, "model", "remove", "made/twin").ExitCode);
        Assert.True(File.Exists(store));
        Assert.Equal(["made/tiny"], Tool.Run(desk.Variables, "model", "list", "--json").Json["repositories"]!.AsArray()
            .Select(one => (string)one!["name"]!));
        Assert.Equal(0, Tool.Run(desk.Variables, "model", "remove", "made/tiny@main").ExitCode);
        Assert.Contains("Nothing of that kind is kept", Tool.Run(desk.Variables, "model", "list").Out, StringComparison.Ordinal);
        Assert.Contains("'made/tiny' is not kept.", Tool.Run(desk.Variables, "model", "remove", "made/tiny").Error,
            StringComparison.Ordinal);

        long Bytes() => (long)Tool.Run(desk.Variables, "model", "list", "--json").Json["bytes"]!;
    }

    [Fact]
    public void Data_OfAnotherServer_IsFetchedListedVerifiedAndRemoved()
    {
        var text = "some text"u8.ToArray();
        var address = $"{desk.Server.Put("text.txt", text)}#sha256={HubServer.Sha256(text)}";
        var place = Tool.Run(desk.Variables, "data", "fetch", address).Out.Trim();
        Assert.Equal("some text", File.ReadAllText(place));
        Assert.Contains($"text.txt  sha256={HubServer.Sha256(text)[..12]}", Tool.Run(desk.Variables, "data", "list").Out,
            StringComparison.Ordinal);
        File.WriteAllText(place, "other text");
        Assert.Equal(1, Tool.Run(desk.Variables, "data", "verify").ExitCode);
        Assert.Equal(0, Tool.Run(desk.Variables, "data", "verify", "--repair").ExitCode);
        Assert.Equal("some text", File.ReadAllText(Tool.Run(desk.Variables, "data", "fetch", address).Out.Trim()));
        Assert.Equal(0, Tool.Run(desk.Variables, "data", "remove", HubServer.Sha256(text)[..8]).ExitCode);
        Assert.False(File.Exists(place));
    }

    [Fact]
    public void Doctor_HubCacheAndToken_AreFindings()
    {
        Model();
        Tool.Run(desk.Variables, "model", "fetch", "made/tiny");
        var well = Tool.Run(new Dictionary<string, string>(desk.Variables) { ["HF_TOKEN"] = "hf_verysecret" }, "doctor", "--json");
        Assert.Equal($"{desk.Server.Url} answers", Found(well, "hub"));
        Assert.Equal("1 model and 0 data sets, 6.4 MB", Found(well, "kept of the hub"));
        Assert.Equal("from HF_TOKEN", Found(well, "hub token"));
        Assert.DoesNotContain("hf_verysecret", well.Out + well.Error, StringComparison.Ordinal);
        File.Delete(Directory.GetFiles(Path.Combine(desk.Settings.CacheFolder, "models--made--tiny", "blobs")).First());
        desk.Server.Dispose();
        var ill = Tool.Run(desk.Variables, "doctor", "--json");
        Assert.Contains("cannot be reached", Found(ill, "hub"), StringComparison.Ordinal);
        Assert.EndsWith("; not whole: made/tiny", Found(ill, "kept of the hub"), StringComparison.Ordinal);
        Assert.Equal($"{desk.Server.Url} (not asked: --offline)", Found(Tool.Run(desk.Variables, "doctor", "--json", "--offline"), "hub"));

        static string Found(ToolResult doctor, string name) =>
            (string)doctor.Json["findings"]!.AsArray().First(one => (string)one!["name"]! == name)!["found"]!;
    }

    [Theory]
    [InlineData(200, "is no hub: it answers 200")]
    [InlineData(404, "is no hub: it answers 404")]
    [InlineData(503, "answers 503")]
    public void Doctor_AnswerThatIsNoHubs_IsToldAsSuch(int status, string found)
    {
        desk.Server.Faults = _ => new HubFault { Status = status };
        var hub = Finding("hub");
        Assert.Equal(("warning", $"{desk.Server.Url} {found}"), ((string)hub["state"]!, (string)hub["found"]!));
    }

    [Fact]
    public void Doctor_MirrorThatDoesNotTellWhoAsks_IsKnownByItsReasons()
    {
        desk.Server.Faults = request => request.Path == "/api/whoami-v2" ? new HubFault { Status = 404 } : null;
        Assert.Equal($"{desk.Server.Url} answers", (string)Finding("hub")["found"]!);
    }

    [Fact]
    public void Doctor_TokenThatTheHubDoesNotKnow_IsTold() =>
        Assert.Equal("from HF_TOKEN; the hub does not know it", (string)Finding("hub token", "hf_unknown")["found"]!);

    public void Dispose() => desk.Dispose();

    private System.Text.Json.Nodes.JsonNode Finding(string name, string token = "") =>
        Tool.Run(new Dictionary<string, string>(desk.Variables) { ["HF_TOKEN"] = token }, "doctor", "--json").Json["findings"]!.AsArray()
            .First(one => (string)one!["name"]! == name)!;
}
