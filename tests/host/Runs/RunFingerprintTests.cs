using System.Text;
using System.Text.Json.Nodes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>What decides a result is in its fingerprint and nothing else: every file that is read and every option, changed in turn.</summary>
public sealed class RunFingerprintTests(RunFingerprintTests.Finished finished) : IClassFixture<RunFingerprintTests.Finished>, IDisposable
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

    private readonly RunDesk desk = Finished.Settled(finished.Desk.Copy());

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("model/config.json", "10000", "20000", Everything)]
    [InlineData("model/config.json", "\"eos_token_id\":256", "\"eos_token_id\":255", Everything)]
    [InlineData("model/generation_config.json", "250", "251", Everything)]
    [InlineData("model/tokenizer.json", "<begin>", "<start>", Everything)]
    [InlineData("model/tokenizer_config.json", "\"add_bos_token\": false", "\"add_bos_token\":  true", Everything)]
    [InlineData("model/special_tokens_map.json", "<end>", "<pad>", Everything)]
    [InlineData("model/chat_template.jinja", "[{{", "({{", Everything)]
    [InlineData("model/additional_chat_templates/tool_use.jinja", "tool", "help", Everything)]
    [InlineData("adapter/adapter_config.json", "\"lora_alpha\":4", "\"lora_alpha\":2", Everything)]
    [InlineData("calibration.txt", "a", "b", Wanda)]
    [InlineData("text.txt", "a", "b", "dense/perplexity w/perplexity")]
    [InlineData("questions.jsonl", "colour", "animal", "dense/own w/own")]
    [InlineData("mine.jinja", "(", "[", "dense/own w/own")]
    public void Plan_FileOfTheSameLength_IsReadAnew(string file, string from, string to, string units)
    {
        Assert.Empty(RunUnits.Left(desk.Plan()));
        var text = File.ReadAllText(desk.File(file));
        Assert.Contains(from, text, StringComparison.Ordinal);
        Assert.Equal(from.Length, to.Length);
        File.WriteAllText(desk.File(file), text.Replace(from, to, StringComparison.Ordinal));
        AssertLeft(units);
    }

    [Theory]
    [InlineData("model/model.safetensors")]
    [InlineData("adapter/adapter_model.safetensors")]
    public void Plan_OneBitOfTheWeights_IsReadAnew(string file)
    {
        Assert.Empty(RunUnits.Left(desk.Plan()));
        var bytes = File.ReadAllBytes(desk.File(file));
        bytes[^3] ^= 1;
        File.WriteAllBytes(desk.File(file), bytes);
        AssertLeft(Everything);
    }

    [Theory]
    [InlineData(Everything, "dtype=bfloat16")]
    [InlineData(Everything, "seed=5")]
    [InlineData(Everything, "model.transformers.generation=model")]
    [InlineData(Everything, "model.transformers.kv_bits=8")]
    [InlineData(Everything, "model={ transformers: { path: model } }")]
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
        foreach (var (from, to) in new[] { ("model", "renamed"), ("adapter", "tuned"), ("text.txt", "news.txt"), ("calibration.txt", "c4.txt"), ("questions.jsonl", "asked.jsonl"), ("mine.jinja", "other.jinja"), ("out", "moved") })
            Directory.Move(desk.File(from), desk.File(to));
        string[] changes = ["model.transformers.path=renamed", "model.transformers.adapter=tuned", "tasks[0].perplexity.text=news.txt", "calibration.text=c4.txt", "tasks[1].use.instruct.path=asked.jsonl", "tasks[1].use.instruct.chat.template=other.jinja"];
        Assert.Empty(RunUnits.Left(desk.Plan("moved", [.. changes.SelectMany(change => new[] { "--set", change.Replace("=", $"={desk.File()}/", StringComparison.Ordinal) })])));
    }

    [Fact]
    public void Plan_ModelsByName_AreToldApartAndFollowTheirRevision()
    {
        Snapshot("made/one", "a1", "model");
        Snapshot("made/two", "b1", "model");
        Change("made/two", "b1");
        desk.Done("out", Hub("made/one"));
        Assert.Empty(RunUnits.Left(desk.Plan("out", Hub("made/one"))));
        AssertLeft(Everything, Hub("made/two"));
        Snapshot("made/one", "a2", "model");
        Change("made/one", "a2");
        AssertLeft(Everything, Hub("made/one"));
    }

    [Fact]
    public void Plan_ModelByNameBesideAFolderOfThatName_IsTheModelByName()
    {
        Snapshot("made/one", "a1", "model");
        desk.Done("out", Hub("made/one"));
        TinyModel.Write(desk.File("current", "made", "one"), seed: 9);
        var variables = string.Concat(desk.Environment.Select(pair => $"export {pair.Key}='{pair.Value}'; "));
        var plan = Tool.Shell($"{variables}cd '{desk.File("current")}'; \"$TOOL\" plan '{desk.File("recipe.yaml")}' --output '{desk.File("out")}' --json --set model.transformers.path=made/one");
        Assert.Empty(RunUnits.Left(plan.Json));
    }

    private static string[] Hub(string name) => ["--set", $"model.transformers.path={name}"];

    private void Snapshot(string name, string commit, string from)
    {
        var folder = desk.File("cache", "huggingface", "hub", "models--" + name.Replace("/", "--", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(folder, "refs"));
        File.WriteAllText(Path.Combine(folder, "refs", "main"), commit);
        Directory.CreateDirectory(Path.Combine(folder, "snapshots", commit));
        foreach (var file in Directory.EnumerateFiles(desk.File(from)))
            File.Copy(file, Path.Combine(folder, "snapshots", commit, Path.GetFileName(file)));
        Finished.Settled(desk);
    }

    private void Change(string name, string commit)
    {
        var file = desk.File("cache", "huggingface", "hub", "models--" + name.Replace("/", "--", StringComparison.Ordinal), "snapshots", commit, "config.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("10000", "30000", StringComparison.Ordinal));
        Finished.Settled(desk);
    }

    private void AssertLeft(string units, params string[] options) =>
        Assert.Equal(units.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), RunUnits.Left(desk.Plan("out", options)));

    /// <summary>A desk with a finished run, whose files are old enough for facts about them to be kept.</summary>
    public sealed class Finished : IDisposable
    {
        public Finished()
        {
            new TinyCheckpoint().Write(Desk.File("model"));
            Desk.Write("model/generation_config.json", """{"eos_token_id": [256, 250]}""");
            Desk.Write("model/tokenizer_config.json", """{"add_bos_token": false, "bos_token": "<begin>"}""");
            Desk.Write("model/special_tokens_map.json", """{"pad_token": "<end>"}""");
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
            foreach (var entry in Directory.EnumerateFileSystemEntries(desk.File(), "*", SearchOption.AllDirectories).Where(entry => !entry.StartsWith(desk.File("out"), StringComparison.Ordinal)))
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
                        ["dtype"] = "F32", ["shape"] = new JsonArray(shape[0], shape[1]), ["data_offsets"] = new JsonArray(end, end += 4 * 32),
                    };
            var text = Encoding.UTF8.GetBytes(header.ToJsonString());
            var numbers = Enumerable.Range(0, end / 4).SelectMany(i => BitConverter.GetBytes(0.01f * (i % 7 + 1)));
            return [.. BitConverter.GetBytes((long)text.Length), .. text, .. numbers];
        }
    }
}
