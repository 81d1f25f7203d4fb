using System.CommandLine;
using LlmKick.Hub;
using LlmKick.Recipes;
using LlmKick.Runs.Records;

namespace LlmKick.Commands;

/// <summary>The recipe that a command line names.</summary>
internal sealed class RecipeSource(PluginSource plugins, RemoteFiles remote)
{
    /// <summary>The argument that names the recipe: shared by the verbs that read one.</summary>
    public static Argument<string> File { get; } = new("RECIPE") { Description = "The recipe's YAML file" };

    /// <summary>The recipe of the model that comes with the tool.</summary>
    public static string Quickstart { get; } = Path.Combine(AppContext.BaseDirectory, "recipes", "quickstart.yaml");

    /// <summary>The argument of verbs that do the quickstart where no recipe is named.</summary>
    public static Argument<string> FileOrQuickstart { get; } = new("RECIPE")
    {
        Description = "The recipe's YAML file; without one, the quickstart on the small model that comes with the tool",
        DefaultValueFactory = _ => Quickstart,
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Reads the recipe with the overrides of <c>--set</c>, and asks what is to be fetched for it.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="overrides">Further overrides, <c>path=value</c>, that win.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<(RecipeResult Result, IReadOnlyList<PlannedFetch> Fetches)> ReadAsync(ParseResult line,
        IReadOnlyList<string> overrides, CancellationToken cancellationToken)
    {
        var places = RemoteFiles.Places(line);
        var result = Read(line, places, overrides);
        if (result.Recipe is null || places.Missing.Count == 0)
            return (result, []);
        var fetches = await remote.PlanAsync(line, places.Missing, cancellationToken);
        var faults = fetches.Where(fetch => fetch.Fault is not null).Select(fetch => (fetch.Address, fetch.Fault!)).ToList();
        return faults.Count == 0 ? (result, fetches) : (new RecipeResult(null, result.Missing(faults)), []);
    }

    /// <summary>Reads a recipe that was run before, as it is now.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="origin">Where it is.</param>
    /// <exception cref="InvalidRecipeException">The recipe is wrong.</exception>
    public Task<Recipe> RequireAsync(ParseResult line, RecipeOrigin origin, CancellationToken cancellationToken)
    {
        Directory.SetCurrentDirectory(origin.CurrentFolder);
        return FetchAsync(line, places => RecipeReader.Read(origin.RecipeFile, origin.Overrides,
            folders => plugins.Load(line, folders), remote: places), cancellationToken);
    }

    /// <summary>Where the recipe of a command line is, and with which plugins it was read, to be read again later.</summary>
    public static RecipeOrigin OriginOf(ParseResult line, Recipe recipe, params IReadOnlyList<string> overrides)
    {
        List<string> folders = [.. (line.GetValue(CommonOptions.Plugins) ?? []).Select(Path.GetFullPath), .. recipe.PluginFolders];
        return new(Path.GetFullPath(line.GetRequiredValue(FileOrQuickstart)), [.. line.GetValue(CommonOptions.Set) ?? [], .. overrides],
            Directory.GetCurrentDirectory()) { PluginFolders = folders.Count > 0 ? folders : null };
    }

    /// <summary>Reads the recipe, which must be right, and fetches what it names.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="overrides">Further overrides, <c>path=value</c>, that win.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidRecipeException">The recipe is wrong.</exception>
    public Task<Recipe> RequireAsync(ParseResult line, IReadOnlyList<string> overrides, CancellationToken cancellationToken) =>
        FetchAsync(line, places => Read(line, places, overrides), cancellationToken);

    /// <summary>The recipe, which must be right.</summary>
    /// <exception cref="InvalidRecipeException">It is wrong.</exception>
    public static Recipe Right(RecipeResult result) => result.Recipe ?? throw new InvalidRecipeException(result.Problems);

    private RecipeResult Read(ParseResult line, RemotePlaces places, IReadOnlyList<string> overrides) =>
        RecipeReader.Read(line.GetRequiredValue(line.GetResult(File) is null ? FileOrQuickstart : File),
            [.. line.GetValue(CommonOptions.Set) ?? [], .. overrides], folders => plugins.Load(line, folders), remote: places);

    private async Task<Recipe> FetchAsync(ParseResult line, Func<RemotePlaces, RecipeResult> read, CancellationToken cancellationToken)
    {
        RecipeResult? result = null;
        try
        {
            return await remote.FetchAsync(line, places => Right(result = read(places)), cancellationToken);
        }
        catch (AddressException fault)
        {
            throw new InvalidRecipeException(result!.Missing(fault.Faults));
        }
    }
}
