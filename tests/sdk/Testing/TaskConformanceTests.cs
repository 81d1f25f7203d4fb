namespace LlmKick.Tests.Testing;

/// <summary>The suite finds what it is there to find, and says what to do about it.</summary>
public sealed class TaskConformanceTests
{
    [Fact]
    public void Suite_SoundTask_Passes() => Assert.Empty(SuiteRun.Failures(() => new BadTaskSuite(TaskFault.None)));

    [Theory]
    [InlineData(TaskFault.SameIds, "Samples_ReadTwice", "number what is the same")]
    [InlineData(TaskFault.EmptyPrompt, "Next_Requests", "each needs at least one")]
    [InlineData(TaskFault.IndexesAnswer, "Score_HostileAnswers", "a model may answer anything")]
    [InlineData(TaskFault.DividesByZero, "Score_HostileAnswers", "worth the least")]
    [InlineData(TaskFault.Unlimited, "Samples_Limited", "limit: 1 keeps 3 of 3")]
    [InlineData(TaskFault.NamesNoLine, "Samples_WrongData", "'words.txt:2'")]
    [InlineData(TaskFault.Undescribed, "Metrics_Descriptions", "by which protocol")]
    public void Suite_Fault_IsFoundAndExplained(TaskFault fault, string test, string advice) =>
        Assert.Contains(advice, Assert.Single(SuiteRun.Failures(() => new BadTaskSuite(fault), test)).Value, StringComparison.Ordinal);
}
