using System.CommandLine;
using LlmKick.Recipes;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Runtime;
using LlmKick.Sdk;
using LlmKick.Storage;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>What a command line asks to be run, where, and with what.</summary>
internal sealed class RunPreparation
{
    private readonly RunPlanner planner;
    private readonly RunEnvironment environment;

    private RunPreparation(ParseResult line, Recipe recipe, RecipeOrigin origin, string folder, RunSelection selection)
    {
        (Recipe, Origin, Selection) = (recipe, origin, selection);
        Device = DeviceName.Parse(recipe.Device);
        Folder = new RunFolder(Path.GetFullPath(folder));
        environment = new RunEnvironment(Device.ToString(), ComputeThreads.Resolve(line.GetValue(RunOptions.Threads)),
            TensorRuntime.Load().Version);
        var cache = new FactCache(FactCache.DefaultFolder);
        var hashes = new CachedHash(cache);
        var facts = new ComponentFacts(hashes);
        planner = new RunPlanner(facts, new ModelIdentities(cache, facts), hashes);
        Sources = new RunSources(facts, hashes);
    }

    /// <summary>The recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>Where the recipe is.</summary>
    public RecipeOrigin Origin { get; }

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
    public static async Task<RunPreparation> OfAsync(ParseResult line, RecipeSource recipes, CancellationToken cancellationToken)
    {
        return Of(line, await recipes.RequireAsync(line, Overrides(line), cancellationToken));
    }

    /// <summary>Hashes data and versions, without a run.</summary>
    public static RunSources MakeSources()
    {
        var hashes = new CachedHash(new FactCache(FactCache.DefaultFolder));
        return new RunSources(new ComponentFacts(hashes), hashes);
    }

    /// <summary>The overrides of options.</summary>
    public static IReadOnlyList<string> Overrides(ParseResult line) =>
        line.GetValue(RunOptions.Device) is { } device ? [$"device={device}"] : [];

    /// <summary>Reads the options, for a recipe that is here with all that it names.</summary>
    public static RunPreparation Of(ParseResult line, Recipe recipe)
    {
        var shard = line.GetValue(RunOptions.Shard) is { } part ? Shard.TryParse(part) : null;
        if (shard is not null && line.GetValue(RunOptions.Only) is not null)
            throw new UsageException("--shard and --only: each narrows the run in its own way: give one of them.");
        var folder = line.GetValue(RunOptions.Output) ?? recipe.Output ?? RunOptions.DefaultOutput(recipe.Name, shard);
        var selection = line.GetValue(RunOptions.Only) is { } only ? RunSelection.Parse(only, recipe) : RunSelection.Of(recipe, shard);
        return new RunPreparation(line, recipe, RecipeSource.OriginOf(line, recipe, Overrides(line)), folder, selection);
    }

    /// <summary>Prepares more work on a run that is in a folder, with its recipe as it is now.</summary>
    /// <exception cref="LlmKickException">The folder has no run, or one that does not say where its recipe is.</exception>
    /// <exception cref="InvalidRecipeException">The recipe is wrong.</exception>
    public static async Task<RunPreparation> OfRunAsync(ParseResult line, string folder, RecipeSource recipes,
        CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
            throw new LlmKickException($"'{root}' does not exist: give the folder of a run.");
        var origin = new RunFolder(root).ReadRecipe()
            ?? throw new LlmKickException($"'{root}' does not say what its recipe is: give the folder of a run, or run its recipe again, "
                + $"which does only what is missing.");
        var recipe = await recipes.RequireAsync(line, origin, cancellationToken);
        return new RunPreparation(line, recipe, origin, root, RunSelection.Of(recipe, null));
    }

    /// <summary>Plans the run as it was begun in its folder.</summary>
    public RunPlan Plan(CancellationToken cancellationToken)
    {
        var state = Folder.ReadState();
        return planner.Make(Recipe, environment, state?.Device == environment.Device ? state.DataType : null, cancellationToken);
    }
}
