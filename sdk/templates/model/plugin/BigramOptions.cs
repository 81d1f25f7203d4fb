using LlmKick.Sdk.Options;

namespace Contoso.Plugin_1;

/// <summary>What recipes can say: checked before anything is loaded, listed by <c>llmkick list</c>.</summary>
public sealed record BigramOptions
{
    /// <summary>What is counted.</summary>
    [Option("The text to count.", Required = true, IsPath = true, PathKind = PathKind.File)]
    public string Text { get; init; } = "";

    /// <summary>Added to every count.</summary>
    [Option("Added to every count, so that nothing is impossible; more trusts the text less.", Min = 1e-6, Max = 1e6)]
    public double Smoothing { get; init; } = 0.1;
}
