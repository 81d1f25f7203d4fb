namespace LlmKick.Tests.Testing;

/// <summary>The suite finds what it is there to find, and says what to do about it.</summary>
public sealed class ChatModelConformanceTests
{
    [Fact]
    public void Suite_Echo_Passes() => Assert.Empty(SuiteRun.Failures(() => new BadChatSuite(ChatFault.None)));

    [Theory]
    [InlineData(ChatFault.OneHashForAll, "Identify_SameAndOther", "have one hash")]
    [InlineData(ChatFault.AnswersTheText, "Answer_Conversation", "not this")]
    [InlineData(ChatFault.MixesAnswersUp, "Answer_ManyAndAlone", "keep Response.Index with its request")]
    [InlineData(ChatFault.MakesProbabilitiesUp, "Answer_Probabilities", "RollingRequest")]
    [InlineData(ChatFault.IgnoresCancellation, "Answer_Canceled", "pass the token on")]
    [InlineData(ChatFault.ShowsATokenizer, "Load_Tokenizer", "inherit ModelConformance instead")]
    public void Suite_Fault_IsFoundAndExplained(ChatFault fault, string test, string advice) =>
        Assert.Contains(advice, Assert.Single(SuiteRun.Failures(() => new BadChatSuite(fault), test)).Value, StringComparison.Ordinal);
}
