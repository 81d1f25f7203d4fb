namespace LlmKick.Reports.Comparisons;

/// <summary>What became of a sample between two variants. The last three are of scores that are not right or wrong.</summary>
internal enum Flip
{
    /// <summary>Right before, wrong now.</summary>
    RightToWrong,

    /// <summary>Wrong before, right now.</summary>
    WrongToRight,

    /// <summary>Wrong before and now, with another answer.</summary>
    WrongToOtherWrong,

    /// <summary>Wrong before and now, with the same answer.</summary>
    SameWrong,

    /// <summary>Right before and now.</summary>
    StaysRight,

    /// <summary>A lower score.</summary>
    Lower,

    /// <summary>A higher score.</summary>
    Higher,

    /// <summary>The same score.</summary>
    Same,
}
