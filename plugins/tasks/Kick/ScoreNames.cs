namespace LlmKick.Kick;

/// <summary>Names of scores, and so of metrics, that several tasks have.</summary>
internal static class ScoreNames
{
    /// <summary>What the words mean.</summary>
    public const string Strict = "accuracy.strict";

    /// <summary>What the paper's released code computes, quirks included.</summary>
    public const string Paper = "accuracy.paper";

    /// <summary>The answer's text instead of its letter.</summary>
    public const string Text = "accuracy.text";

    /// <summary>The answer has not the form that was asked for.</summary>
    public const string FormatFailure = "format_failure";

    /// <summary>A score of 0 or 1.</summary>
    public static double Of(bool holds) => holds ? 1 : 0;
}
