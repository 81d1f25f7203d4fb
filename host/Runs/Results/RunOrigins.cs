namespace LlmKick.Runs.Results;

/// <summary>What a run's numbers came from, besides models.</summary>
/// <param name="Data">Hashes of everything that the recipe reads.</param>
/// <param name="Calibrations">Hashes of the calibration texts of variants that have their own, by variant.</param>
/// <param name="Versions">Versions of everything that computes.</param>
internal sealed record RunOrigins(DataResults Data, IReadOnlyDictionary<string, string> Calibrations, VersionResults Versions);
