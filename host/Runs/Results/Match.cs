namespace LlmKick.Runs.Results;

/// <summary>Whether a variant does as well as the dense model, within a tolerance.</summary>
internal enum Match
{
    /// <summary>It does: all of the interval is within the tolerance.</summary>
    Matching,

    /// <summary>It does not: none of the interval is within the tolerance.</summary>
    Not,

    /// <summary>The samples are too few to tell.</summary>
    Undecided,

    /// <summary>The dense model itself does no better than guessing: nothing can be lost.</summary>
    Uninformative,
}
