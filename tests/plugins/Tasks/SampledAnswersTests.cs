using LlmKick.Kick.FreebaseQa;
using LlmKick.Kick.Instruct;
using LlmKick.Kick.Summarization;
using LlmKick.Kick.TriviaQa;
using LlmKick.OwnData.Generate;
using LlmKick.OwnData.Qa;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks;

/// <summary>Tasks that have texts written draw them by the task's seed and the sample.</summary>
public sealed class SampledAnswersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("freebaseqa")]
    [InlineData("triviaqa")]
    [InlineData("summarization")]
    [InlineData("instruct")]
    [InlineData("generate")]
    [InlineData("qa")]
    public async Task Next_Temperature_DrawsBySeedAndSample(string task)
    {
        var greedy = await Asked(Task(task, 0), seed: 0);
        var drawn = await Asked(Task(task, 0.7), seed: 0);
        var other = await Asked(Task(task, 0.7), seed: 1);

        Assert.Equal(2, greedy.Count);
        Assert.All(greedy, request => Assert.Null(request.Sampling));
        Assert.All(drawn, request =>
            Assert.Equal((0.7, 40, 0.9), (request.Sampling!.Temperature, request.Sampling.TopK, request.Sampling.TopP)));
        Assert.Equal(drawn.Select(request => request.Sampling),
            (await Asked(Task(task, 0.7), seed: 0)).Select(request => request.Sampling));
        Assert.Equal(4, drawn.Concat(other).Select(request => request.Sampling!.Seed).Distinct().Count());
    }

    [Fact]
    public async Task Next_SecondTurn_IsDrawnAnew()
    {
        var task = Task("instruct", 0.7);
        var sample = (await TaskRun.Samples<Sample>(task, TaskRun.Context()))[0];
        var seeds = new List<int>();
        await TaskRun.Score(task, sample, request =>
        {
            seeds.Add(((GenerateRequest)request).Sampling!.Seed);
            return new GenerateResponse(0, [], "so", FinishReason.EndOfText, []);
        });
        Assert.Equal(2, seeds.Distinct().Count());
    }

    [Fact]
    public void Validate_FiltersWithoutTemperature_AreFaults() =>
        Assert.Equal(["top_k", "top_p"], new QaOptions { TopK = 3, TopP = 0.5 }.Validate().Select(fault => fault.Key));

    private static async Task<List<GenerateRequest>> Asked(ITask task, int seed) =>
        (await TaskRun.Samples<Sample>(task, TaskRun.Context(seed: seed))).ConvertAll(sample => (GenerateRequest)task.Next(sample, [])[0]);

    private ITask Task(string name, double temperature) => name switch
    {
        "freebaseqa" =>
            new FreebaseQaTask(Drawn(new FreebaseQaOptions { Path = folder.Write("f.txt", "Who? | cher\nWhat? | this") }, temperature)),
        "triviaqa" => new TriviaQaTask(Drawn(new TriviaQaOptions { Path = folder.Write("t.json", """{"Data": [{"Question": "q", "Answer": {"NormalizedAliases": ["cher"]}}, {"Question": "r", "Answer": {"NormalizedAliases": ["bono"]}}]}"""), Context = ContextSource.Closed }, temperature)),
        "summarization" => new SummarizationTask(Drawn(new SummarizationOptions { Path =
            folder.Write("s.jsonl", "{\"text\": \"Short.\\n\\nOne.\"}\n{\"text\": \"Short.\\n\\nTwo.\"}") }, temperature)),
        "instruct" => new InstructTask(Drawn(new InstructOptions { Path = folder.Write("i.jsonl", "{\"question_id\": 1, \"category\": "
            + "\"c\", \"turns\": [\"q\", \"r\"]}\n{\"question_id\": 2, \"category\": \"c\", \"text\": \"q\"}") }, temperature)),
        "generate" => new GenerateTask(Drawn(new GenerateOptions { Path = folder.Write("g.csv", "p\na\nb"), Prompt = "{p}" }, temperature)),
        _ => new QaTask(Drawn(new QaOptions { Path = folder.Write("q.csv", "question,answer\na,b\nc,d") }, temperature)),
    };

    private static T Drawn<T>(T options, double temperature) where T : SamplingOptions => temperature == 0 ? options
        : options with { Temperature = temperature, TopK = 40, TopP = 0.9 };
}
