namespace LlmKick.Kick.Judging;

/// <summary>A judge's prompt, as FastChat's files and the paper's hold it.</summary>
internal sealed record JudgePromptRow(string SystemPrompt, string PromptTemplate, string Category)
{
    /// <summary>MT-Bench's name, such as <c>single-math-v1</c>; null in the paper's files.</summary>
    public string? Name { get; init; }

    /// <summary>What stands for <c>{prompt}</c>.</summary>
    public DefaultTexts? Defaults { get; init; }

    internal sealed record DefaultTexts(string Prompt);
}
