namespace LlmKick.Tests.Testing;

/// <summary>The suite finds what it is there to find, and says what to do about it.</summary>
public sealed class CheckpointFormatConformanceTests
{
    [Fact]
    public void Suite_SoundFormat_Passes() => Assert.Empty(SuiteRun.Failures(() => new BadFormatSuite(FormatFault.None)));

    [Theory]
    [InlineData(FormatFault.WrongLength, "Write_EveryTypeAndState", "bytes of 'all' and wrote")]
    [InlineData(FormatFault.LooksAtValues, "Write_EveryTypeAndState", "A forecast has no values of self_attn.q_proj")]
    [InlineData(FormatFault.TellsNothing, "Write_Progress", "count them in TensorCount")]
    [InlineData(FormatFault.Changes, "Write_Twice", "two checkpoints of one model differ")]
    [InlineData(FormatFault.RefusesLate, "Write_EveryTypeAndState", "let faults follow from what a forecast knows")]
    [InlineData(FormatFault.RefusesAll, "Write_Progress", "refuses every model")]
    public void Suite_Fault_IsFoundAndExplained(FormatFault fault, string test, string advice) =>
        Assert.Contains(advice, Assert.Single(SuiteRun.Failures(() => new BadFormatSuite(fault), test)).Value, StringComparison.Ordinal);
}
