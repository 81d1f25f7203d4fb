using System.CommandLine;
using LlmKick.Data;
using LlmKick.Recipes;
using LlmKick.Reports;
using LlmKick.Runs;
using LlmKick.Runs.Shards;
using LlmKick.Runtime;

namespace LlmKick.Commands;

/// <summary>What a command line asks to be run, where, and with what.</summary>
internal sealed class RunPreparation
{
    private readonly RunPlanner planner;
    private readonly RunEnvironment environment;

    private RunPreparation(ParseResult line, Recipe recipe)
    {
        Recipe = recipe;
        Device = DeviceName.Parse(recipe.Device);
        var shard = line.GetValue(RunOptions.Shard) is { } part ? Shard.TryParse(part) : null;
        if (shard is not null && line.GetValue(RunOptions.Only) is not null)
            throw new UsageException("--shard and --only: each narrows the run in its own way: give one of them.");
        Folder = new RunFolder(Path.GetFullPath(line.GetValue(RunOptions.Output) ?? recipe.Output ?? RunOptions.DefaultOutput(recipe.Name, shard)));
        Selection = line.GetValue(RunOptions.Only) is { } only ? RunSelection.Parse(only, recipe) : RunSelection.Of(recipe, shard);
        environment = new RunEnvironment(Device.ToString(), ComputeThreads.Resolve(line.GetValue(RunOptions.Threads)), LibTorch.Find().Version);
        var cache = new FactCache(FactCache.DefaultFolder);
        var hashes = new ContentHash(cache);
        var facts = new ComponentFacts(hashes);
        planner = new RunPlanner(facts, new ModelIdentities(cache, facts), hashes);
        Sources = new RunSources(facts, hashes);
    }

    /// <summary>The recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>Where to compute.</summary>
    public DeviceName Device { get; }

    /// <summary>Threads to compute with.</summary>
    public int Threads => environment.Threads;

    /// <summary>Where the run is kept.</summary>
    public RunFolder Folder { get; }

    /// <summary>What is to be done at all.</summary>
    public RunSelection Selection { get; }

    /// <summary>Hashes and versions for reports.</summary>
    public RunSources Sources { get; }

    /// <summary>Reads the recipe and the options.</summary>
    /// <exception cref="InvalidRecipeException">The recipe is wrong.</exception>
    /// <exception cref="UsageException">An option is wrong.</exception>
    public static RunPreparation Of(ParseResult line, RecipeSource recipes) =>
        new(line, recipes.Require(line, line.GetValue(RunOptions.Device) is { } device ? [$"device={device}"] : []));

    /// <summary>Plans the run as it was begun in its folder.</summary>
    public RunPlan Plan(CancellationToken cancellationToken)
    {
        var state = Folder.ReadState();
        return planner.Make(Recipe, environment, state?.Device == environment.Device ? state.DataType : null, cancellationToken);
    }
}
