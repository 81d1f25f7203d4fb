using LlmKick.Runtime;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>The recipe's sections that are single values.</summary>
internal sealed record RecipeSettings
{
    [Option("The recipe's name; the file's name unless given")]
    public string? Name { get; init; }

    [Option("Folder for results, relative to the recipe; runs/NAME in the current folder unless given")]
    public string? Output { get; init; }

    [Option("Seed of everything that has none of its own")]
    public int Seed { get; init; }

    [Option("Where models are computed: cpu, cuda or cuda:n")]
    public DeviceName? Device { get; init; }

    [Option("Data type of models that name none; auto is float32 on a CPU and bfloat16 on a GPU")]
    public DataType Dtype { get; init; } = DataType.Auto;

    [Option("Keep compressed variants in the run's folder, so that a task added or changed later need not compress again; false saves "
        + "the disk once all is done")]
    public bool KeepCompressed { get; init; } = true;

    [Option("Plugins that the recipe needs: folders, relative to the recipe, or { package: NAME, version: VERSION } for installed ones",
        IsPath = true, PathKind = PathKind.Folder)]
    public IReadOnlyList<string> Plugins { get; init; } = [];
}
