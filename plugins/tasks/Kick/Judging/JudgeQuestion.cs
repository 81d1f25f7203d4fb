namespace LlmKick.Kick.Judging;

/// <summary>What a judge is asked.</summary>
/// <param name="System">The system message.</param>
/// <param name="Text">The question.</param>
internal sealed record JudgeQuestion(string System, string Text)
{
    /// <summary>A prompt with its texts.</summary>
    public static JudgeQuestion Of(JudgePromptRow row, IReadOnlyDictionary<string, string> texts) =>
        new(row.SystemPrompt.Trim(), JudgePrompts.Fill(row, texts));
}

/// <summary>A judge's prompt, as FastChat's files and the paper's hold it.</summary>
internal sealed record JudgePromptRow(string SystemPrompt, string PromptTemplate, string Category)
{
    /// <summary>MT-Bench's name, such as <c>single-math-v1</c>; null in the paper's files.</summary>
    public string? Name { get; init; }

    /// <summary>What stands for <c>{prompt}</c>.</summary>
    public DefaultTexts? Defaults { get; init; }

    internal sealed record DefaultTexts(string Prompt);
}
