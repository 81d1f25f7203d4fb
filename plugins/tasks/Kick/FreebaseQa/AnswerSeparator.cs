namespace LlmKick.Kick.FreebaseQa;

/// <summary>What stands between question and answer in the prompt. The released code has both.</summary>
internal enum AnswerSeparator
{
    /// <summary>A newline, as in the script for pruned models.</summary>
    Newline,

    /// <summary>A space, as in the script for quantized models.</summary>
    Space,
}
