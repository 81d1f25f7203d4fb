using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Results;

/// <summary>What computed a run.</summary>
/// <param name="Device">The device.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Dtype">The data type of models that name none.</param>
internal sealed record ComputeResults(string? Device, int Threads, DataType Dtype);
