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
