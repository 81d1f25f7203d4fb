using LlmKick.Sdk;
using NuGet.Versioning;

namespace LlmKick.Plugins.Installation;

/// <summary>Finds what a plugin's package needs: of each package the lowest version that suits all who ask for it, as NuGet does.</summary>
internal sealed class DependencyResolver(PackageFeeds feeds, PackageStore store, PluginLock installed, SharedPackages shared)
{
    // Each round changes one package's version; contradictory wishes would change them for ever.
    private const int MaxRounds = 500;

    /// <summary>Resolves the dependencies of a plugin.</summary>
    /// <exception cref="LlmKickException">One cannot be had, or no version suits all.</exception>
    public async Task<Dependencies> ResolveAsync(PluginPackage plugin, CancellationToken cancellationToken)
    {
        var chosen = new Dictionary<string, PluginPackage>(StringComparer.OrdinalIgnoreCase);
        for (var round = 0; round < MaxRounds; round++)
        {
            var wanted = Wanted(plugin, chosen);
            var open = wanted.FirstOrDefault(wish => !Suits(chosen.GetValueOrDefault(wish.Key)?.Version, wish)
                && !Suits(Installed(wish.Key), wish));
            if (open is null)
                return Result(wanted, chosen);
            chosen[open.Key] = await PickAsync(open, cancellationToken);
        }
        throw new LlmKickException(
            $"The dependencies of {plugin.Id} {plugin.Version} contradict each other. Choose another version with --version.");
    }

    private ILookup<string, Wish> Wanted(PluginPackage plugin, Dictionary<string, PluginPackage> chosen)
    {
        var wishes = new List<Wish>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { plugin.Id };
        var open = new Queue<PluginPackage>([plugin]);
        while (open.TryDequeue(out var package))
            foreach (var dependency in package.Dependencies.Where(dependency => !shared.HasPackage(dependency.Id)))
            {
                wishes.Add(new Wish(dependency.Id, dependency.VersionRange, $"{package.Id} {package.Version}"));
                if (seen.Add(dependency.Id) && chosen.TryGetValue(dependency.Id, out var next) && !next.IsPlugin)
                    open.Enqueue(next);
            }
        return wishes.ToLookup(wish => wish.Id, StringComparer.OrdinalIgnoreCase);
    }

    private static Dependencies Result(ILookup<string, Wish> wanted, Dictionary<string, PluginPackage> chosen)
    {
        var packages = wanted.Select(wish => chosen.GetValueOrDefault(wish.Key)).OfType<PluginPackage>()
            .ToLookup(package => package.IsPlugin);
        var requires = wanted.Where(wish => chosen.GetValueOrDefault(wish.Key)?.IsPlugin != false);
        return new Dependencies([.. packages[false]], [.. packages[true]],
            requires.ToDictionary(wish => wish.Key, wish => VersionRange.CommonSubSet(wish.Select(one => one.Range))));
    }

    private async Task<PluginPackage> PickAsync(IGrouping<string, Wish> wish, CancellationToken cancellationToken)
    {
        var found = await FindAsync(wish, cancellationToken);
        var lowest = found.Where(one => Suits(one.Version, wish) && SdkFit.Fault(one.Dependencies, SharedAssemblies.SdkVersion) is null)
            .OrderBy(one => one.Version).FirstOrDefault();
        return await store.GetAsync(lowest ?? throw NoneSuits(wish, found), cancellationToken);
    }

    private async Task<IReadOnlyList<FoundPackage>> FindAsync(IGrouping<string, Wish> wish, CancellationToken cancellationToken)
    {
        try
        {
            return await feeds.FindAsync(wish.Key, null, cancellationToken);
        }
        catch (LlmKickException failure)
        {
            throw new LlmKickException($"{wish.First().By} needs {wish.Key}: {failure.Message}", failure);
        }
    }

    private static LlmKickException NoneSuits(IGrouping<string, Wish> wish, IReadOnlyList<FoundPackage> found) =>
        new($"No version of {wish.Key} suits "
            + $"{string.Join(" and ", wish.Select(one => $"{one.By}, which needs {RangeText.Of(one.Range)}"))}. "
            + $"There are {string.Join(", ", found.Select(one => one.Version).Distinct().OrderDescending().Take(10))}. Choose another "
            + $"version with --version, or name a source that has more with --source.");

    private NuGetVersion? Installed(string id) => installed.Plugins.TryGetValue(id, out var plugin)
        ? NuGetVersion.Parse(plugin.Version) : null;

    private static bool Suits(NuGetVersion? version, IEnumerable<Wish> wishes) => version is not null
        && wishes.All(wish => wish.Range.Satisfies(version));

    /// <summary>A package that another asks for.</summary>
    private sealed record Wish(string Id, VersionRange Range, string By);
}
