namespace LlmKick.Kick.Summarization;

/// <summary>What is done with the reference summary that CNN/DailyMail's story files end with.</summary>
internal enum HighlightUse
{
    /// <summary>The model does not see it.</summary>
    Strip,

    /// <summary>The model sees it, as in the paper.</summary>
    Keep,
}
