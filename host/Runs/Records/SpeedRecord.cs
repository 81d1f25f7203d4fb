namespace LlmKick.Runs.Records;

/// <summary>How fast a variant reads text here.</summary>
/// <param name="Tokens">Tokens read.</param>
/// <param name="Seconds">Time it took.</param>
internal sealed record SpeedRecord(int Tokens, double Seconds);
