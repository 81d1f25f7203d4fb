using System.Text.Json.Nodes;
using LlmKick.Kick.Mmlu;
using LlmKick.Sdk;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks.Mmlu;

public sealed class MmluTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Samples_TwoShots_PromptOfTheReleasedCode()
    {
        var sample = (await Samples(options => options with { Shots = 2, Subjects = ["high_school_physics"] }))[0];
        Assert.Equal("high_school_physics/0", sample.Id);
        Assert.Equal(
            "The following are multiple choice questions (with answers) about  high school physics.\n\n"
            + "d1\nA. a\nB. b\nC. c\nD. d\nAnswer: A\n\nd2\nA. a\nB. b\nC. c\nD. d\nAnswer: B\n\nq, 1\nA. 1\nB. 2\nC. 3\nD. 4\nAnswer:",
            sample.Prompt.Text);
        Assert.Equal([" A", " B", " C", " D"], sample.Letters.Select(letter => letter.Text));
    }

    [Theory]
    [InlineData(-1, -1.5, 1)] // the right text, " 2", is as long as the others
    [InlineData(-1, -0.5, 0)]
    public async Task Score_ChoiceText_TheMostProbableForEachByte(double right, double other, double expected)
    {
        var task = new MmluTask(new MmluOptions { Path = MmluFolder.Write(folder, "anatomy"), Subjects = ["anatomy"], Limit = 1,
            ChoiceText = true });
        var sample = Assert.Single(await TaskRun.Samples<MmluSample>(task, TaskRun.Context()));
        Assert.Equal([" A| B| C| D", " 1| 2| 3| 4"], task.Next(sample, [])
            .Select(request => string.Join('|', ((ChooseRequest)request).Continuations.Select(choice => choice.Text))));
        var scores = await TaskRun.Score(task, sample, request => new ChooseResponse(0, [other, right, -9, -9], 0, " B"));
        Assert.Equal((expected, expected, 1),
            (scores.Values["accuracy.text"], scores.Values["accuracy.strict"], scores.Values["accuracy.paper"]));
    }

    [Theory]
    [InlineData("chatml", "<|im_start|>user\nThe following", "Answer:<|im_end|>\n<|im_start|>assistant\n", "A")]
    [InlineData("vicuna", "USER: The following", "Answer: ASSISTANT:", " A")]
    public async Task Samples_Chat_PromptIsTheQuestionOfAConversation(string chat, string start, string end, string letter)
    {
        var sample =
            (await Samples(options => options with { Shots = 1, Subjects = ["anatomy"], Chat = new ChatOptions { Template = chat } }))[0];
        Assert.StartsWith(start, sample.Prompt.Text, StringComparison.Ordinal);
        Assert.EndsWith(end, sample.Prompt.Text, StringComparison.Ordinal);
        Assert.Equal(letter, sample.Letters[0].Text);
    }

    [Fact]
    public async Task Samples_TemplateThatOpensReasoning_IsRefused()
    {
        var template = folder.Write("think.jinja", "{{ messages[0].content }}<think>\n{{ '</think>' if enable_thinking is false }}");
        var fault = await Assert.ThrowsAsync<LlmKickException>(() =>
            Samples(options => options with { Subjects = ["anatomy"], Chat = new ChatOptions { Template = template } }));
        Assert.Contains("opens answers with reasoning", fault.Message, StringComparison.Ordinal);
        var quiet = new ChatOptions { Template = template, Variables = new JsonObject { ["enable_thinking"] = false } };
        Assert.EndsWith("<think>\n</think>",
            (await Samples(options => options with { Subjects = ["anatomy"], Chat = quiet }))[0].Prompt.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_Limit_OfEachSubject()
    {
        var samples = await Samples(options => options with { Subjects = ["virology", "anatomy"], Limit = 2 });
        Assert.Equal(["anatomy/0", "anatomy/1", "virology/0", "virology/1"], samples.Select(sample => sample.Id));
    }

    [Fact]
    public async Task Samples_Random_OtherRowsOfEachSubjectAndTheSameOfASeed()
    {
        string[] subjects = [.. MmluSubjects.All.Keys.Take(12)];
        var options = new MmluOptions
        { Path = MmluFolder.Write(folder, subjects), Subjects = subjects, Limit = 1, Take = SampleChoice.Random };
        var first = (await TaskRun.Samples<MmluSample>(new MmluTask(options), TaskRun.Context(new CharacterTokenizer())))
            .Select(sample => sample.Id).ToList();
        Assert.NotEqual(1, first.Select(id => id.Split('/')[1]).Distinct().Count());
        Assert.Equal(first, (await TaskRun.Samples<MmluSample>(new MmluTask(options), TaskRun.Context(new CharacterTokenizer())))
            .Select(sample => sample.Id));
    }

    [Fact]
    public async Task Samples_ShortContext_ExamplesDropped()
    {
        var whole = (await Samples(options => options with { Subjects = ["anatomy"] }, 8192))[0];
        var fits = (await Samples(options => options with { Subjects = ["anatomy"] }, whole.Prompt.Tokens.Count + 1))[0];
        var dropped = (await Samples(options => options with { Subjects = ["anatomy"] }, whole.Prompt.Tokens.Count))[0];
        Assert.Equal((5, 5, 4), (whole.Shots, fits.Shots, dropped.Shots));
        Assert.DoesNotContain("d5", dropped.Prompt.Text);
    }

    [Fact]
    public async Task Samples_QuestionLongerThanContext_NamesSubject()
    {
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Samples(options => options with { Subjects = ["anatomy"] }, 50));
        Assert.Contains("anatomy", error.Message);
    }

    [Fact]
    public async Task Samples_TokenizerWithBos_ReadsIt()
    {
        var options = new MmluOptions { Path = MmluFolder.Write(folder, "anatomy"), Subjects = ["anatomy"], Limit = 1 };
        var sample =
            Assert.Single(await TaskRun.Samples<MmluSample>(new MmluTask(options), TaskRun.Context(new CharacterTokenizer(hasBos: true))));
        Assert.Equal(CharacterTokenizer.Bos, sample.Prompt.Tokens[0]);
        Assert.DoesNotContain(CharacterTokenizer.Bos, sample.Letters.SelectMany(letter => letter.Tokens));
    }

    [Fact]
    public async Task Samples_MissingSubject_NamesFile()
    {
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Samples(options => options));
        Assert.Contains("abstract_algebra_dev.csv", error.Message);
    }

    [Fact]
    public async Task Aggregate_TwoSubjects_MicroAverageAndGroups()
    {
        var task =
            new MmluTask(new MmluOptions { Path = MmluFolder.Write(folder, "anatomy", "astronomy"), Subjects = ["anatomy", "astronomy"] });
        var scores = new List<Scores>();
        foreach (var sample in await TaskRun.Samples<MmluSample>(task, TaskRun.Context()))
            scores.Add(await TaskRun.Score(task, sample,
                _ => new ChooseResponse(0, [-2, -1, -3, -4], 0, sample.Subject == "anatomy" ? " B" : "\n")));
        var metrics = task.Aggregate(scores).ToDictionary(metric => metric.Name);
        Assert.Equal((2 / 6.0, 6), (metrics["accuracy.strict"].Value, metrics["accuracy.strict"].N));
        Assert.Equal(1 / 6.0, metrics["accuracy.paper"].Value);
        Assert.Equal(0.5, metrics["format_failure"].Value);
        Assert.Equal((1 / 3.0, 3), (metrics["accuracy.paper/anatomy"].Value, metrics["accuracy.paper/other"].N));
        Assert.Equal((0, 1), (metrics["accuracy.paper/stem"].Value, metrics["format_failure/physics"].Value));
    }

    [Fact]
    public void Validate_UnknownSubject_NearestNamed()
    {
        var faults = new MmluOptions { Subjects = ["anatomi", "xxxxxxxxxx", "virology", "virology"] }.Validate().ToList();
        Assert.Equal(3, faults.Count);
        Assert.Contains("did you mean 'anatomy'?", faults[0].Message);
        Assert.All(faults, fault => Assert.Equal("subjects", fault.Key));
    }

    private async Task<List<MmluSample>> Samples(Func<MmluOptions, MmluOptions> configure, int contextLength = 8192)
    {
        var options = new MmluOptions { Path = MmluFolder.Write(folder, "anatomy", "virology", "high_school_physics") };
        return await TaskRun.Samples<MmluSample>(new MmluTask(configure(options)), TaskRun.Context(contextLength: contextLength));
    }
}
