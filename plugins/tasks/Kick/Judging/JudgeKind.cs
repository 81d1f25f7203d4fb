namespace LlmKick.Kick.Judging;

/// <summary>How a judge is asked.</summary>
internal enum JudgeKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>About each answer by itself: a rating (MT-Bench).</summary>
    Single,

    /// <summary>About an answer beside a baseline's: a score for each (the paper).</summary>
    Scores,

    /// <summary>About an answer beside a baseline's: which is better (MT-Bench).</summary>
    Verdicts,
}
