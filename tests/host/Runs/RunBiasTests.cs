namespace LlmKick.Tests.Runs;

/// <summary>Methods that put scales into the linear before one must find its bias changed too, when stored blocks are put back.</summary>
public sealed class RunBiasTests
{
    [Theory]
    [InlineData("awq: { bits: 4, group_size: 16, samples: 4 }")]
    [InlineData("smoothquant: {}")]
    public void Run_KilledAfterCompressionOfBiasedModel_EndsAsIfUndisturbed(string variant)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        using var desk = new RunDesk($$"""
            name: biased
            model: { transformers: { path: model } }
            calibration: { text: calibration.txt, samples: 4, length: 32 }
            variants:
              - {{variant}}
            tasks:
              - perplexity: { text: text.txt, window: 16, limit: 70 }
            """);
        TinyModel.Write(desk.File("model"), biased: true);
        desk.Done("whole");

        Assert.True(desk.IsKilled("batch:1"));
        desk.Done();

        RunContents.AssertEqual(desk.File("whole"), desk.File("out"));
    }
}
