using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Recipes;

/// <summary>One compression setting.</summary>
/// <param name="Name">Unique in the recipe and fit for a file name.</param>
/// <param name="Stages">The compressors, in order; none for <c>dense</c>.</param>
/// <param name="Model">The model it starts from.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Group">The name without the seed, where it is one of several that differ in nothing else; null where not.</param>
/// <param name="Calibration">What its calibration data are made of, or null.</param>
/// <param name="OwnCalibration">What it says of them over what the recipe says, or null.</param>
internal sealed record VariantSpec(string Name, IReadOnlyList<ComponentUse> Stages, ComponentUse Model, int Seed, string? Group,
    CalibrationSpec? Calibration, JsonObject? OwnCalibration)
{
    /// <summary>What it is saved as for other programs.</summary>
    public IReadOnlyList<SaveSpec> Saves { get; init; } = [];

    /// <summary>All that it could be saved in.</summary>
    public IReadOnlyList<ICheckpointWriter> Formats { get; init; } = [];
}
