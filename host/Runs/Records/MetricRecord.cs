namespace LlmKick.Runs.Records;

/// <summary>A metric with its direction.</summary>
/// <param name="Name">Its name, with its group.</param>
/// <param name="Value">The number.</param>
/// <param name="N">Samples behind it.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="HigherIsBetter">Its direction; null where the task does not say.</param>
internal sealed record MetricRecord(string Name, double Value, int N, double Low, double High, bool? HigherIsBetter);
