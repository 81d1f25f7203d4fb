namespace LlmKick.Tests.Testing;

/// <summary>The suite finds what it is there to find, and says what to do about it.</summary>
public sealed class CompressorConformanceTests
{
    [Fact]
    public void Suite_SoundMethod_Passes() => Assert.Empty(Failures(Fault.None));

    [Theory]
    [InlineData(Fault.Nan, "Compress_WeightsOfZero", "divisions by a norm")]
    [InlineData(Fault.Clock, "Compress_TwiceWithOneSeed", "GroupContext.Seed")]
    [InlineData(Fault.KeepsState, "Compress_ResumedFromStoredBlocks", "not from what was done before")]
    [InlineData(Fault.Leak, "Compress_Tensors_AreAllReleased", "NewDisposeScope")]
    [InlineData(Fault.LessSparse, "Compress_Sparsity", "0.25")]
    [InlineData(Fault.Crash, "Compress_InputsOfZero", "no inputs")]
    [InlineData(Fault.Overflow, "Compress_EveryElementType", "compute in float32")]
    public void Suite_Fault_IsFoundAndExplained(Fault fault, string test, string advice) =>
        Assert.Contains(advice, Assert.Single(Failures(fault), failure => failure.Key.StartsWith(test, StringComparison.Ordinal)).Value, StringComparison.Ordinal);

    private static Dictionary<string, string> Failures(Fault fault) => SuiteRun.Failures(() => new BadSuite(fault));
}
