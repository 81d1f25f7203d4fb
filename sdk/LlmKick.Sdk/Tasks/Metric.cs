namespace LlmKick.Sdk.Tasks;

/// <summary>A measured number with its 95 % interval.</summary>
/// <param name="Name">Such as <c>accuracy.strict</c> or <c>accuracy.strict/stem</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="N">Samples behind it.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record Metric(string Name, double Value, int N, double Low, double High);
