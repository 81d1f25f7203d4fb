namespace LlmKick.Sdk.Statistics;

/// <summary>An interval of confidence.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval(double Low, double High);
