using LlmKick.Runs.Records;

namespace LlmKick.Runs.Results;

/// <summary>Where a variant comes from.</summary>
/// <param name="Folder">Where its run is kept.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Model">Hash of the model it starts from.</param>
/// <param name="Calibration">What the calibration data of its run are.</param>
internal sealed record VariantOrigin(RunFolder Folder, string Name, string Model, string Calibration);
