using LlmKick.Commands;

namespace LlmKick.Tests.Commands;

public sealed class ArgumentsTests
{
    [Fact]
    public void WithEmptyValues_OptionWithNothingAfterTheSign_HasTheEmptyText() =>
        Assert.Equal(["generate", "m", "--prompt", "", "--json", "--stop=a", "--", "--x="],
            Arguments.WithEmptyValues(["generate", "m", "--prompt=", "--json", "--stop=a", "--", "--x="]));

    [Fact]
    public void Run_EmptyPrompt_DoesNotTakeTheNextOption()
    {
        var result = Tool.Run("generate", "model", "--prompt=", "--json");
        Assert.Equal((2, "llmkick/error@1"), (result.ExitCode, (string)result.Json["format"]!));
        Assert.Contains("--prompt '': it is empty", result.Error, StringComparison.Ordinal);
    }
}
