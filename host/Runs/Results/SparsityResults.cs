namespace LlmKick.Runs.Results;

/// <summary>Shares of weights that are exactly zero.</summary>
/// <param name="PrunedMatrices">Of the matrices that were pruned; 0 where none was.</param>
/// <param name="AllParameters">Of all parameters, counting the zeros of pruned matrices alone.</param>
internal sealed record SparsityResults(double PrunedMatrices, double AllParameters);
