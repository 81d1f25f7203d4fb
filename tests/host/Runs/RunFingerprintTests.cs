using System.Text;
using System.Text.Json.Nodes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>What decides a result is in its fingerprint and nothing else: every file that is read and every option, changed in
/// turn.</summary>
public sealed class RunFingerprintTests(RunFingerprintTests.Finished finished) : IClassFixture<RunFingerprintTests.Finished>
{
    private const string Recipe = """
        name: tiny
        model: { transformers: { path: model, adapter: adapter } }
        calibration: { text: calibration.txt, samples: 4, length: 32 }
        variants:
          - dense
          - { use: { wanda: { sparsity: 0.5 } }, name: w }
        tasks:
          - perplexity: { text: text.txt, window: 16, limit: 20 }
          - { use: { instruct: { path: questions.jsonl, max_new_tokens: 2, chat: { template: mine.jinja, variables: { sign: "!" } } } }, name: own }
        """;

    private const string Everything = "dense/own dense/perplexity w w/own w/perplexity";
    private const string Wanda = "w w/own w/perplexity";

    private readonly RunDesk desk = finished.Desk;

    [Theory]
    [InlineData("model/config.json", "10000", "20000", Everything)]
    [InlineData("model/config.json", "\"eos_token_id\":256", "\"eos_token_id\":255", Everything)]
    [InlineData("model/generation_config.json", "250", "251", Everything)]
    [InlineData("model/tokenizer.json", "\"add_prefix_space\":false", "\"add_prefix_space\": true", Everything)]
    [InlineData("model/tokenizer_config.json", "\"add_bos_token\": false", "\"add_bos_token\":  true", Everything)]
    [InlineData("model/chat_template.jinja", "[{{", "({{", Everything)]
    [InlineData("model/additional_chat_templates/tool_use.jinja", "tool", "help", Everything)]
    [InlineData("adapter/adapter_config.json", "\"lora_alpha\":4", "\"lora_alpha\":2", Everything)]
    [InlineData("calibration.txt", "a", "b", Wanda)]
    [InlineData("text.txt", "a", "b", "dense/perplexity w/perplexity")]
    [InlineData("questions.jsonl", "colour", "animal", "dense/own w/own")]
    [InlineData("mine.jinja", "(", "[", "dense/own w/own")]
    public void Plan_FileOfTheSameLength_IsReadAnew(string file, string from, string to, string units)
    {
        var text = File.ReadAllText(desk.File(file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        Assert.Equal(from.Length, to.Length);
        AssertLeftAfter(file, Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), units);
    }

    [Theory]
    [InlineData("model/model.safetensors")]
    [InlineData("adapter/adapter_model.safetensors")]
    public void Plan_OneBitOfTheWeights_IsReadAnew(string file)
    {
        var bytes = File.ReadAllBytes(desk.File(file));
        bytes[^3] ^= 1;
        AssertLeftAfter(file, bytes, Everything);
    }

    [Theory]
    [InlineData(Everything, "dtype=bfloat16")]
    [InlineData(Everything, "seed=5")]
    [InlineData(Everything, "model.transformers.generation=model")]
    [InlineData(Everything, "model.transformers.kv_bits=8")]
    [InlineData(Wanda, "calibration.samples=3")]
    [InlineData(Wanda, "calibration.length=16")]
    [InlineData(Wanda, "calibration.take=random")]
    [InlineData(Wanda, "calibration.seed=7")]
    [InlineData(Wanda, "variants[1].use.wanda.sparsity=0.6")]
    [InlineData(Wanda, "variants[1].use={ wanda: { pattern: \"2:4\" } }")]
    [InlineData("w/own w/perplexity w", "variants[1].seed=3")]
    [InlineData("dense/perplexity w/perplexity", "tasks[0].perplexity.window=12")]
    [InlineData("dense/perplexity w/perplexity", "tasks[0].perplexity.limit=21")]
    [InlineData("dense/own w/own", "tasks[1].use.instruct.max_new_tokens=3")]
    [InlineData("dense/own w/own", "tasks[1].use.instruct.chat.variables.sign=?")]
    [InlineData("dense/own w/own", "tasks[1].use.instruct.chat=plain")]
    public void Plan_OptionThatDecides_UsesNothingStored(string units, string change) => AssertLeft(units, "--set", change);

    [Fact]
    public void Plan_OtherNumberOfThreads_UsesNothingStored() => AssertLeft(Everything, "--threads", "2");

    [Theory]
    [InlineData("name=other")]
    [InlineData("output=elsewhere")]
    [InlineData("keep_compressed=true")]
    [InlineData("require={ recovery: 0.5 }")]
    public void Plan_OptionThatDecidesNothing_UsesWhatIsStored(string change) => AssertLeft("", "--set", change);

    [Fact]
    public void Plan_EverythingElsewhere_UsesWhatIsStored()
    {
        using var moved = Finished.Settled(desk.Copy());
        foreach (var (from, to) in new[] { ("model", "renamed"), ("adapter", "tuned"), ("text.txt", "news.txt"),
            ("calibration.txt", "c4.txt"), ("questions.jsonl", "asked.jsonl"), ("mine.jinja", "other.jinja"), ("out", "moved") })
            Directory.Move(moved.File(from), moved.File(to));
        string[] changes = ["model.transformers.path=renamed", "model.transformers.adapter=tuned", "tasks[0].perplexity.text=news.txt",
            "calibration.text=c4.txt", "tasks[1].use.instruct.path=asked.jsonl", "tasks[1].use.instruct.chat.template=other.jinja"];
        Assert.Empty(RunUnits.Left(moved.Plan("moved",
            [.. changes.SelectMany(change => new[] { "--set", change.Replace("=", $"={moved.File()}/", StringComparison.Ordinal) })])));
    }

    [Fact]
    public void Plan_FileThatBecomesALink_CountsByWhatItLeadsTo()
    {
        using var linked = desk.Copy();
        File.Move(linked.File("text.txt"), linked.File("kept.txt"));
        File.CreateSymbolicLink(linked.File("text.txt"), linked.File("kept.txt"));
        Assert.Empty(RunUnits.Left(Finished.Settled(linked).Plan("out")));
        linked.Write("other.txt", File.ReadAllText(linked.File("kept.txt")).Replace('a', 'b'));
        File.Delete(linked.File("text.txt"));
        File.CreateSymbolicLink(linked.File("text.txt"), linked.File("other.txt"));
        Assert.Equal(["dense/perplexity", "w/perplexity"], RunUnits.Left(Finished.Settled(linked).Plan("out")));
    }

    [Fact]
    public void Plan_ModelsByName_AreToldApartAndFollowTheirRevision()
    {
        using var hub = desk.Copy();
        Snapshot(hub, "made/one", new string('a', 40), "10000");
        Snapshot(hub, "made/two", new string('b', 40), "30000");
        string[] one = ["--set", "model.transformers.path=made/one"], two = ["--set", "model.transformers.path=made/two"];
        Assert.Empty(RunUnits.Left(hub.Plan("out", one)));
        Assert.Equal(Everything.Split(' '), RunUnits.Left(hub.Plan("out", two)));
        Snapshot(hub, "made/one", new string('c', 40), "20000");
        Assert.Equal(Everything.Split(' '), RunUnits.Left(hub.Plan("out", one)));
    }

    [Fact]
    public void Plan_ModelByNameBesideAFolderOfThatName_IsTheModelByName()
    {
        using var hub = desk.Copy();
        Snapshot(hub, "made/one", new string('a', 40), "10000");
        hub.Write("recipe.yaml", Recipe.Replace("path: model,", "path: made/one,", StringComparison.Ordinal));
        TinyModel.Write(hub.File("current", "made", "one"), seed: 9);
        var variables = string.Concat(hub.Environment.Select(pair => $"export {pair.Key}='{pair.Value}'; "));
        var plan = Tool.Shell(
            $"{variables}cd '{hub.File("current")}'; \"$TOOL\" plan '{hub.File("recipe.yaml")}' --output '{hub.File("out")}' --json");
        Assert.Empty(RunUnits.Left(plan.Json));
    }

    /// <summary>Downloads the desk's model under a name, with another base of its rotary table.</summary>
    private static void Snapshot(RunDesk desk, string name, string commit, string theta)
    {
        var folder = desk.File("cache", "huggingface", "hub", "models--" + name.Replace("/", "--", StringComparison.Ordinal));
        var snapshot = Path.Combine(folder, "snapshots", commit);
        Directory.CreateDirectory(Path.Combine(folder, "refs"));
        Directory.CreateDirectory(Path.Combine(snapshot, "additional_chat_templates"));
        File.WriteAllText(Path.Combine(folder, "refs", "main"), commit);
        foreach (var file in Directory.EnumerateFiles(desk.File("model"), "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(snapshot, Path.GetRelativePath(desk.File("model"), file)));
        var config = Path.Combine(snapshot, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("10000", theta, StringComparison.Ordinal));
        Finished.Settled(desk);
    }

    /// <summary>Changes a file, looks what is left to do, and puts the file back as it was.</summary>
    private void AssertLeftAfter(string file, byte[] content, string units)
    {
        var (path, before, time) = (desk.File(file), File.ReadAllBytes(desk.File(file)), File.GetLastWriteTimeUtc(desk.File(file)));
        File.WriteAllBytes(path, content);
        try
        {
            AssertLeft(units);
        }
        finally
        {
            File.WriteAllBytes(path, before);
            File.SetLastWriteTimeUtc(path, time);
        }
    }

    private void AssertLeft(string units, params string[] options) =>
        Assert.Equal(units.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            RunUnits.Left(desk.Plan("out", options)));

    /// <summary>A desk with a finished run, whose files are old enough for facts about them to be kept.</summary>
    public sealed class Finished : IDisposable
    {
        public Finished()
        {
            new TinyCheckpoint().Write(Desk.File("model"));
            Desk.Write("model/generation_config.json", """{"eos_token_id": [256, 250]}""");
            Desk.Write("model/tokenizer_config.json", """{"add_bos_token": false, "bos_token": "<begin>"}""");
            Desk.Write("model/chat_template.jinja", "{% for m in messages %}[{{ m.content }}]{% endfor %}");
            Desk.Write("model/additional_chat_templates/tool_use.jinja", "{% for m in messages %}tool{{ m.content }}{% endfor %}");
            Desk.Write("mine.jinja", "{% for m in messages %}({{ m.content }}{{ sign }}){% endfor %}");
            Desk.Write("questions.jsonl", """{"question_id": 1, "category": "generic", "text": "Name a colour."}""");
            Desk.Write("adapter/adapter_config.json", """{"peft_type":"LORA","r":2,"lora_alpha":4,"target_modules":["q_proj"]}""");
            File.WriteAllBytes(Desk.File("adapter", "adapter_model.safetensors"), Adapter());
            Settled(Desk);
            Desk.Done();
        }

        internal RunDesk Desk { get; } = new(Recipe);

        public void Dispose() => Desk.Dispose();

        /// <summary>What has only just changed is not remembered.</summary>
        internal static RunDesk Settled(RunDesk desk)
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries(desk.File(), "*", SearchOption.AllDirectories)
                .Where(entry => !entry.StartsWith(desk.File("out"), StringComparison.Ordinal)))
                File.SetLastWriteTimeUtc(entry, DateTime.UtcNow.AddHours(-1));
            return desk;
        }

        private static byte[] Adapter()
        {
            var header = new JsonObject();
            var end = 0;
            for (var block = 0; block < 2; block++)
                foreach (var (part, shape) in new[] { ("A", new[] { 2, 16 }), ("B", [16, 2]) })
                    header[$"base_model.model.model.layers.{block}.self_attn.q_proj.lora_{part}.weight"] = new JsonObject
                    {
                        ["dtype"] = "F32", ["shape"] = new JsonArray(shape[0], shape[1]),
                        ["data_offsets"] = new JsonArray(end, end += 4 * 32),
                    };
            var text = Encoding.UTF8.GetBytes(header.ToJsonString());
            var numbers = Enumerable.Range(0, end / 4).SelectMany(i => BitConverter.GetBytes(0.01f * (i % 7 + 1)));
            return [.. BitConverter.GetBytes((long)text.Length), .. text, .. numbers];
        }
    }
}
