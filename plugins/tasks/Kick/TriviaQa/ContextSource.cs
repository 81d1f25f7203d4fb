namespace LlmKick.Kick.TriviaQa;

/// <summary>What stands before a question.</summary>
internal enum ContextSource
{
    /// <summary>Nothing: the model answers from memory.</summary>
    Closed,

    /// <summary>The start of the evidence, as in the released code.</summary>
    Open,

    /// <summary>The passages that BM25 ranks first for the question.</summary>
    Retrieved,
}
