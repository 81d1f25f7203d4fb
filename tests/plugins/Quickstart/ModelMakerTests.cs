using LlmKick.Quickstart.Text;
using LlmKick.Quickstart.Training;
using LlmKick.Transformers;

namespace LlmKick.Tests.Quickstart;

public sealed class ModelMakerTests : IDisposable
{
    private static readonly TrainingPlan Small = new()
    {
        People = 8,
        Shape = new Shape(Vocabulary: 1024, Width: 64, Blocks: 2, Heads: 2, Inner: 128, Context: 128),
        Steps = 300,
        Rate = 5e-3,
        Phases =
            [new(0, new Mix(Biographies: 40, Questions: 60, Passages: 0, Choices: 0, Summaries: 0, Echoes: 0)) { Rows = 8, Length = 64 }],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_SmallWorld_LearnsWhatItIsAskedAndWritesAModelThatLoads()
    {
        var learned = new ModelMaker(Small, folder.File("out"), folder.File("state")).Run(_ => { }, TestContext.Current.CancellationToken);
        Assert.InRange(learned["asked"], 0.8, 1);
        var identity = new TransformersLoader(new TransformersOptions { Path = folder.File("out", "model") })
            .Identify(TestContext.Current.CancellationToken);
        Assert.Equal((2, 128), (identity.BlockCount, identity.ContextLength));
        Assert.All(["facts.jsonl", "text.txt", "calibration.txt"], name => Assert.True(File.Exists(folder.File("out", name))));
    }

    [Fact]
    public void Run_StoppedAndGoneOnWith_EndsAsIfItHadNotBeenStopped()
    {
        var plan = Small with { Steps = 20 };
        new ModelMaker(plan, folder.File("whole"), folder.File("whole.state")).Run(_ => { }, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        for (var stops = 0; stops < 7; stops++)
            Assert.Throws<OperationCanceledException>(() => new ModelMaker(plan, folder.File("parts"), folder.File("parts.state"))
                .Run(_ => { }, stop.Token));
        new ModelMaker(plan, folder.File("parts"), folder.File("parts.state")).Run(_ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(folder.File("whole", "model", "model.safetensors")),
            File.ReadAllBytes(folder.File("parts", "model", "model.safetensors")));
    }
}
