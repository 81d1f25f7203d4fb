namespace LlmKick.Tests.Testing;

/// <summary>The suite finds what it is there to find, and says what to do about it.</summary>
public sealed class ModelConformanceTests
{
    [Fact]
    public void Suite_TinyLlama_Passes() => Assert.Empty(SuiteRun.Failures(() => new BadModelSuite(ModelFault.None)));

    [Theory]
    [InlineData(ModelFault.HashesTheName, "Identify_ChangedFile", "stale results")]
    [InlineData(ModelFault.CrashesOnShortFile, "Load_LargestFile", "users see as a crash")]
    [InlineData(ModelFault.IgnoresCancellation, "Load_Canceled", "between tensors")]
    [InlineData(ModelFault.Leaks, "Dispose_Tensors", "DisposeAsync")]
    [InlineData(ModelFault.IdentifiesAnother, "Identify_Twice", "7 blocks")]
    public void Suite_Fault_IsFoundAndExplained(ModelFault fault, string test, string advice) =>
        Assert.Contains(advice, Assert.Single(SuiteRun.Failures(() => new BadModelSuite(fault), test)).Value, StringComparison.Ordinal);
}
