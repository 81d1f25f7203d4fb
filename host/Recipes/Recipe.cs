using System.Text.Json.Nodes;
using LlmKick.Plugins;
using LlmKick.Sdk.Models;

namespace LlmKick.Recipes;

/// <summary>A checked recipe: sweeps expanded, names derived, paths absolute.</summary>
internal sealed record Recipe
{
    /// <summary>The recipe's name; the file's name where it has none.</summary>
    public required string Name { get; init; }

    /// <summary>The recipe's file.</summary>
    public required string Path { get; init; }

    /// <summary>The model of variants that name no other.</summary>
    public required ComponentUse Model { get; init; }

    /// <summary>The model that grades answers, or null.</summary>
    public ComponentUse? Judge { get; init; }

    /// <summary>What calibration data of variants that say nothing of them are made of, or null.</summary>
    public CalibrationSpec? Calibration { get; init; }

    /// <summary>The variants, in order.</summary>
    public required IReadOnlyList<VariantSpec> Variants { get; init; }

    /// <summary>The tasks, in order.</summary>
    public required IReadOnlyList<TaskSpec> Tasks { get; init; }

    /// <summary>What makes a run fail though everything worked, or null.</summary>
    public RequireSpec? Require { get; init; }

    /// <summary>Printed numbers that are told beside the run's own.</summary>
    public IReadOnlyList<ReferenceSpec> References { get; init; } = [];

    /// <summary>Where results go, absolute; null for the default.</summary>
    public string? Output { get; init; }

    /// <summary>The seed of everything that has none of its own.</summary>
    public int Seed { get; init; }

    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:n</c>; null for the default.</summary>
    public string? Device { get; init; }

    /// <summary>The data type of models that name none.</summary>
    public DataType DataType { get; init; }

    /// <summary>Whether compressed variants stay in the run's folder when all is done.</summary>
    public bool KeepCompressed { get; init; }

    /// <summary>The folders of plugins that it names, absolute.</summary>
    public IReadOnlyList<string> PluginFolders { get; init; } = [];

    /// <summary>The sections of reports that its plugins offer.</summary>
    public IReadOnlyList<PluginComponent> Sections { get; init; } = [];

    /// <summary>The recipe as resolved, for reports.</summary>
    public required JsonObject Resolved { get; init; }
}
