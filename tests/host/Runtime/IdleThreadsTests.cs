using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runtime;

/// <summary>What libgomp says of itself when the tool loads it.</summary>
public sealed class IdleThreadsTests
{
    [Theory]
    [InlineData("", "PASSIVE")]
    [InlineData("ACTIVE", "ACTIVE")]
    public void Tool_IdleThreads_SleepUnlessTheUserSaysOtherwise(string given, string policy)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libgomp is Linux's.");

        var result = Tool.Run(new Dictionary<string, string> { ["OMP_WAIT_POLICY"] = given, ["GOMP_SPINCOUNT"] = "",
            ["OMP_DISPLAY_ENV"] = "true" }, "doctor");

        Assert.Contains($"OMP_WAIT_POLICY = '{policy}'", result.Error, StringComparison.Ordinal);
    }
}
