using LlmKick.Harness;
using LlmKick.Harness.Asking;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Sdk.Testing;
using Microsoft.Extensions.Logging;

namespace LlmKick.Tests.Tasks.Harness;

public sealed class HarnessTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("choices_no_list", "choices_no_list.yaml:6: doc_to_choice")]
    [InlineData("group_of_nothing", "'there_is_no_such_task'")]
    [InlineData("missing_column", "missing_column.yaml:8: doc_to_text")]
    [InlineData("missing_include", "missing_include.yaml:1: include")]
    [InlineData("no_splits", "no_splits.yaml: test_split")]
    [InlineData("numbers_as_shots", "numbers_as_shots.yaml:7: doc_to_target")]
    [InlineData("two_things", "task_and_group.yaml:2: group")]
    [InlineData("too_many_shots", "too_many_shots.yaml:10: fewshot_split")]
    [InlineData("twice_the_same_include", "left:1: include")]
    [InlineData("unknown_filter", "did you mean 'take_first'?")]
    [InlineData("unknown_key", "'num_fewshots' (did you mean 'num_fewshot'?)")]
    [InlineData("unknown_metric", "'accuracy_of_sorts'")]
    [InlineData("unknown_sampler", "unknown_sampler.yaml:11: fewshot_config: the sampler 'balanced'")]
    [InlineData("with_function", "with_function.yaml:8: doc_to_text: it calls the Python function 'utils.prompt'")]
    [InlineData("with_function_in_metric", "with_function_in_metric.yaml:9: metric_list: it calls the Python function 'utils.score'")]
    [InlineData("with_image", "with_image.yaml:9: doc_to_image")]
    [InlineData("wrong_output_type", "wrong_output_type.yaml:4: output_type: 'choose_one'")]
    public async Task Task_RefusedFile_IsToldWithFileAndKey(string name, string told)
    {
        var options = new HarnessOptions
        {
            Folder = SharedData.Require("golden/harness/refused"),
            Data = SharedData.Require("golden/harness"),
            Tasks = [name],
        };
        var faults = options.Validate().ToList();
        var message = faults.Count > 0 ? faults[0].Message : (await Assert.ThrowsAsync<LlmKickException>(() => Samples(options))).Message;
        Assert.Contains(told, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralUnknownKeys_AreToldAtOnce()
    {
        Write("t.yaml", "task: t\ndataset_path: json\nfirst_key: 1\nsecond_key: 2\n");
        Assert.Contains("'first_key', 'second_key'", Assert.Single(Options("t").Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_DataSetOfAHub_SaysWhatToDownload()
    {
        Write("t.yaml", "task: t\ndataset_path: org/name\ntest_split: test\ndoc_to_text: a\ndoc_to_target: b\n");
        Assert.Contains("write `data: hub:org/name` in the recipe to have it fetched",
            Assert.Single(Options("t").Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_DataSetOfAHub_AreReadFromItsFolder()
    {
        Write("t.yaml", "task: t\ndataset_path: org/name\ndataset_name: easy\ntest_split: test\ndoc_to_text: a\ndoc_to_target: b\n");
        folder.Write("org/name/easy/test-00000-of-00001.jsonl", "{\"a\": \"question\", \"b\": \"answer\"}\n");
        folder.Write("org/name/hard/test-00000-of-00001.jsonl", "{\"a\": \"other\", \"b\": \"answer\"}\n");
        Assert.Equal("question", Assert.Single(await Samples(Options("t"))).Context);
    }

    [Theory]
    [InlineData("")]
    [InlineData("easy")]
    public async Task Samples_DataSetThatWasFetched_AreReadFromTheCache(string part)
    {
        Write("tasks/t.yaml", "task: t\ndataset_path: org/name\ndataset_name: easy\ntest_split: test\ndoc_to_text: a\ndoc_to_target: b\n");
        var commit = $"hub/datasets--org--name/snapshots/{new string('a', 40)}";
        folder.Write($"{commit}/easy/test-00000-of-00001.jsonl", "{\"a\": \"question\", \"b\": \"answer\"}\n");
        folder.Write($"{commit}/hard/test-00000-of-00001.jsonl", "{\"a\": \"other\", \"b\": \"answer\"}\n");
        folder.Write($"{commit}/dataset_infos.json", "{}");
        Assert.Equal("question", Assert.Single(await Samples(Options("t") with { Folder = folder.File("tasks"),
            Data = folder.File(commit, part) })).Context);
    }

    [Fact]
    public async Task Next_ChoicesOfOneContext_AreOneRequest()
    {
        WriteChoice("t", "doc_to_text: q\ndoc_to_choice: c\ndoc_to_target: r\n", "{\"q\": \"Q\", \"c\": [\"a\", \"bc\", \"d\"], \"r\": 1}");
        var request = Assert.IsType<ChooseRequest>(Assert.Single(Assert.Single(await Samples(Options("t"))).Requests));
        Assert.Equal([" a", " bc", " d"], request.Continuations.Select(continuation => continuation.Text));
    }

    [Fact]
    public async Task Next_SameTokensCutElsewhere_RightUnlessTheReleaseIsAsked()
    {
        Write("a.yaml", "task: a\ndataset_path: json\ndataset_kwargs: { data_files: { test: a.jsonl } }\noutput_type: loglikelihood\n"
            + "test_split: test\ndoc_to_text: q\ndoc_to_target: r\n");
        folder.Write("a.jsonl", "{\"q\": \"AB\", \"r\": \"CD\"}\n{\"q\": \"ABC\", \"r\": \"E\"}\n");
        var right = await Samples(Options("a"));
        Assert.Equal("ABC", Decode(((ChooseRequest)Assert.Single(right[1].Requests)).Context));
        var told = await Samples(Options("a") with { As = HarnessOptions.Release });
        Assert.Equal(["AB", "ABC"], told[1].Requests.Select(request => Decode(((ChooseRequest)request).Context)));
        Assert.All(told[1].Requests, request => Assert.Equal("E", Decode(Assert.Single(((ChooseRequest)request).Continuations))));
        Assert.Equal("AB", Decode(((ChooseRequest)Assert.Single(told[0].Requests)).Context));
    }

    [Theory]
    [InlineData(null, new[] { CharacterTokenizer.Bos, 'a', 'b', 'c' })]
    [InlineData(HarnessOptions.Release, new[] { CharacterTokenizer.Bos, CharacterTokenizer.Bos, 'a', 'b', 'c' })]
    public async Task Next_RollingTextBehindBeginOfText_IsScoredOnlyAsTheRelease(string? release, int[] read)
    {
        Write("a.yaml", "task: a\ndataset_path: json\ndataset_kwargs: { data_files: { test: a.jsonl } }\n"
            + "output_type: loglikelihood_rolling\ntest_split: test\ndoc_to_text: \"\"\ndoc_to_target: t\n");
        folder.Write("a.jsonl", "{\"t\": \"abc\"}\n");
        var samples = await Samples(Options("a") with { As = release }, new CharacterTokenizer(hasBos: true));
        Assert.Equal(read, ((RollingRequest)Assert.Single(Assert.Single(samples).Requests)).Tokens);
    }

    [Fact]
    public async Task Samples_HellaSwag_QueryAndEndingsOfItsFunction()
    {
        WriteChoice("hellaswag", "process_docs: !function utils.process_docs\ndoc_to_text: \"{{query}}\"\ndoc_to_choice: choices\n"
            + "doc_to_target: \"{{label}}\"\n", "{\"activity_label\": \"Cooking\", "
                + "\"ctx_a\": \"[header] A man  cooks.\", \"ctx_b\": \"he THEN\", "
            + "\"endings\": [\"eats [step] it [title] Done\", \" sleeps.\"], \"label\": \"1\"}");
        var sample = Assert.Single(await Samples(Options("hellaswag")));
        Assert.Equal("Cooking: A man cooks. He then", sample.Pairs[0].Context);
        Assert.Equal([" eats it. Done", " sleeps."], sample.Pairs.Select(pair => pair.Continuation));
        Assert.Equal(1L, sample.Gold);
    }

    [Fact]
    public async Task Samples_WinoGrande_ContextsWithBothOptions()
    {
        WriteChoice("winogrande", "doc_to_text: !function preprocess_winogrande.doc_to_text\ndoc_to_target: !function "
            + "preprocess_winogrande.doc_to_target\ndoc_to_choice: !function preprocess_winogrande.doc_to_choice\n",
            "{\"sentence\": \"Ann thanked Bo since _ helped.\", \"option1\": \"Ann\", \"option2\": \"Bo\", \"answer\": \"2\"}");
        var sample = Assert.Single(await Samples(Options("winogrande")));
        Assert.Equal(["Ann thanked Bo since Ann", "Ann thanked Bo since Bo"], sample.Pairs.Select(pair => pair.Context));
        Assert.All(sample.Pairs, pair => Assert.Equal(" helped.", pair.Continuation));
        Assert.Equal(1L, sample.RightContext);
    }

    [Fact]
    public async Task Score_TruthfulQa_ShareOfTheRightAnswers()
    {
        WriteChoice("truthfulqa_mc2", "doc_to_text: q\ndoc_to_choice: \"{{mc2_targets.choices}}\"\ndoc_to_target: 0\n"
            + "process_results: !function utils.process_results_mc2\n",
            "{\"q\": \"Q\", \"mc2_targets\": {\"choices\": [\"a\", \"b\", \"c\"], \"labels\": [1, 1, 0]}}");
        var options = Options("truthfulqa_mc2");
        var sample = Assert.Single(await Samples(options));
        var scores = await TaskRun.Score(new HarnessTask(options), sample,
            _ => new ChooseResponse(0, [Math.Log(0.1), Math.Log(0.2), Math.Log(0.3)], 0, ""));
        Assert.Equal(0.5, scores.Values["acc"], 1e-12);
    }

    [Fact]
    public void Validate_MoreExamplesThanRows_IsTold()
    {
        WriteChoice("t", "doc_to_text: q\ndoc_to_choice: c\ndoc_to_target: r\n",
            "{\"q\": \"Q\", \"c\": [\"a\", \"b\"], \"r\": 1}\n{\"q\": \"R\", \"c\": [\"a\", \"b\"], \"r\": 0}");
        Assert.Empty((Options("t") with { NumFewshot = 2 }).Validate());
        Assert.Contains("3 examples are wanted, and there are 2 rows to take them from; ask for fewer by `num_fewshot`",
            Assert.Single((Options("t") with { NumFewshot = 3 }).Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_LimitOfNothing_IsTold()
    {
        WriteChoice("t", "doc_to_text: q\ndoc_to_choice: c\ndoc_to_target: r\n",
            "{\"q\": \"Q\", \"c\": [\"a\", \"b\"], \"r\": 1}");
        Assert.Equal("limit", Assert.Single((Options("t") with { Limit = 0 }).Validate()).Key);
        Assert.Empty((Options("t") with { Limit = 0.001 }).Validate());
    }

    [Theory]
    [InlineData("lable", "'lable' is no column of the rows, which have q, c, r, and no choice of any")]
    [InlineData("b", null)]
    [InlineData("1", null)]
    [InlineData("\"{{r}}\"", null)]
    public void Validate_RightChoiceThatIsNone_IsTold(string target, string? fault)
    {
        WriteChoice("t", $"doc_to_text: q\ndoc_to_choice: c\ndoc_to_target: {target}\n",
            "{\"q\": \"Q\", \"c\": [\"a\", \"b\"], \"r\": 1}");
        var messages = Options("t").Validate().Select(one => one.Message).ToList();
        if (fault is null)
            Assert.Empty(messages);
        else
            Assert.Contains(fault, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anser", "t.yaml:6: doc_to_target: 'anser' is no column of the rows, which have q, answer, and has no {{ … }} in it: "
        + "every row's answer is this text.")]
    [InlineData("answer", null)]
    public async Task Samples_WrittenAnswerThatIsTheSameForAll_IsNoted(string target, string? note)
    {
        Write("t.yaml", "task: t\ndataset_path: json\ndataset_kwargs: { data_files: { test: rows.jsonl } }\ntest_split: test\n"
            + $"doc_to_text: q\ndoc_to_target: {target}\n");
        folder.Write("rows.jsonl", "{\"q\": \"Q\", \"answer\": \"A\"}\n");
        var log = new Notes();
        await TaskRun.Samples<HarnessSample>(new HarnessTask(Options("t")), TaskRun.Context() with { Logger = log });
        Assert.Equal(note is null ? [] : [note], log.Lines.Select(line => line.Replace(folder.Path + Path.DirectorySeparatorChar, "")));
    }

    [Fact]
    public async Task Samples_AnotherTasksFunction_IsRefused()
    {
        WriteChoice("other", "process_docs: !function utils.process_docs\ndoc_to_text: q\ndoc_to_choice: c\ndoc_to_target: 0\n",
            "{\"q\": \"Q\", \"c\": [\"a\", \"b\"]}");
        Assert.Contains("'utils.process_docs'", Assert.Single(Options("other").Validate()).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LlmKickException>(() => Samples(Options("other")));
    }

    private HarnessOptions Options(string task) => new() { Folder = folder.Path, Data = folder.Path, Tasks = [task] };

    private void Write(string name, string text) => folder.Write(name, text);

    private void WriteChoice(string name, string fields, string row)
    {
        Write(name + ".yaml", $"task: {name}\ndataset_path: json\ndataset_kwargs: {{ data_files: {{ test: rows.jsonl }} }}\n"
            + $"output_type: multiple_choice\ntest_split: test\nmetric_list: [{{ metric: acc }}]\n{fields}");
        folder.Write("rows.jsonl", row + "\n");
    }

    private static Task<List<HarnessSample>> Samples(HarnessOptions options, ITokenizer? tokenizer = null) =>
        TaskRun.Samples<HarnessSample>(new HarnessTask(options), TaskRun.Context(tokenizer));

    /// <summary>Keeps what is told.</summary>
    private sealed class Notes : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }

    private static string Decode(Prompt prompt) => new CharacterTokenizer().Decode(prompt.Tokens);
}
