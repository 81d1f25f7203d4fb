namespace LlmKick.Kick.Judging;

/// <summary>A judge's scores of two answers.</summary>
/// <param name="First">Of the answer shown first.</param>
/// <param name="Second">Of the answer shown second.</param>
internal sealed record ScorePair(double First, double Second);
