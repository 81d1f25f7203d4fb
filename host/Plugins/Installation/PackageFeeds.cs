using LlmKick.Sdk;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Frameworks;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;

namespace LlmKick.Plugins.Installation;

/// <summary>Asks feeds for packages. Nothing is taken from or put into the machine's caches.</summary>
internal sealed class PackageFeeds(FeedList feeds) : IDisposable
{
    private readonly SourceCacheContext cache = new() { NoCache = true, DirectDownload = true, IgnoreFailedSources = false };
    private readonly Dictionary<string, SourceRepository> repositories = new(StringComparer.Ordinal);

    /// <summary>The framework that plugins run on.</summary>
    public static NuGetFramework Framework { get; } = NuGetFramework.Parse(AppContext.TargetFrameworkName!);

    /// <summary>All versions of a package.</summary>
    /// <param name="id">The package.</param>
    /// <param name="only">The one feed to ask; null for all that it may come from.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="LlmKickException">No feed has it, or one cannot be asked.</exception>
    public async Task<IReadOnlyList<FoundPackage>> FindAsync(string id, string? only, CancellationToken cancellationToken)
    {
        var asked = only is null ? feeds.For(id).ToList() : [feeds.Named(only)];
        var found = new List<FoundPackage>();
        foreach (var source in asked)
            found.AddRange(await FindAsync(id, FeedList.Checked(source), cancellationToken));
        return found.Count > 0 ? found : throw new LlmKickException(
            $"There is no package {id} in {Names(asked)}. Check its name, or name a source that has it with --source.");
    }

    /// <summary>Downloads a package.</summary>
    /// <param name="package">The package, as found.</param>
    /// <param name="target">Takes its file.</param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="LlmKickException">It cannot be downloaded.</exception>
    public Task DownloadAsync(FoundPackage package, Stream target, CancellationToken cancellationToken) =>
        GuardAsync(package.Source, async () =>
    {
        var resource = await ResourceAsync<FindPackageByIdResource>(package.Feed, cancellationToken);
        return await resource.CopyNupkgToStreamAsync(package.Id, package.Version, target, cache, NullLogger.Instance, cancellationToken)
            ? true
            : throw new LlmKickException($"'{package.Source}' lists {package.Id} {package.Version} and does not have it. Try again later, "
                + $"or choose another version.");
    });

    /// <summary>SHA-512 of a package's file in base64 as its feed states it; null where it does not.</summary>
    public async Task<string?> StatedHashAsync(FoundPackage package, CancellationToken cancellationToken)
    {
        if (package.StatedHash is { Length: > 0 } stated)
            return stated;
        if (package.Address is { IsFile: true } file)
            return File.Exists(file.LocalPath + ".sha512") ? (await File.ReadAllTextAsync(file.LocalPath + ".sha512", cancellationToken))
                .Trim() : null;
        return await GuardAsync(package.Source, () => RegisteredHashAsync(package, cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();

    private async Task<string?> RegisteredHashAsync(FoundPackage package, CancellationToken cancellationToken)
    {
        if (await package.Feed.GetResourceAsync<RegistrationResourceV3>(cancellationToken) is not { } registrations)
            return null;
        var entry = await registrations
            .GetPackageMetadata(new PackageIdentity(package.Id, package.Version), cache, NullLogger.Instance, cancellationToken);
        return entry?.Value<string>("packageHashAlgorithm") is null or "SHA512" ? entry?.Value<string>("packageHash") : null;
    }

    private Task<List<FoundPackage>> FindAsync(string id, PackageSource source, CancellationToken cancellationToken) =>
        GuardAsync(source.Source, async () =>
    {
        if (!repositories.TryGetValue(source.Source, out var repository))
            repositories[source.Source] = repository = Repository.Factory.GetCoreV3(source);
        var resource = await ResourceAsync<DependencyInfoResource>(repository, cancellationToken);
        var versions = await resource.ResolvePackages(id, Framework, cache, NullLogger.Instance, cancellationToken);
        return versions.Select(found => new FoundPackage(found.Id, found.Version, [.. found.Dependencies],
            repository) { Listed = found.Listed, Address = found.DownloadUri, StatedHash = found.PackageHash }).ToList();
    });

    private static async Task<T> ResourceAsync<T>(SourceRepository feed, CancellationToken cancellationToken) where T : class,
        INuGetResource =>
        await feed.GetResourceAsync<T>(cancellationToken) ?? throw new LlmKickException(
            $"The source '{feed.PackageSource.Source}' is no feed of NuGet packages. Check its address, or name another with --source.");

    private static async Task<T> GuardAsync<T>(string source, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure)
            when (failure is NuGetProtocolException or PackagingException or InvalidDataException or HttpRequestException)
        {
            throw new LlmKickException($"The source '{source}' cannot be used: {Reason(failure)} Check its address and the connection, or "
                + $"name another with --source.", failure);
        }
    }

    private static string Reason(Exception failure)
    {
        var inner = failure.GetBaseException();
        return (inner == failure ? failure.Message : $"{failure.Message.TrimEnd('.')}: {inner.Message}").TrimEnd('.') + ".";
    }

    private static string Names(IReadOnlyList<PackageSource> sources) =>
        sources.Count == 0 ? "any source that NuGet.config maps it to"
            : string.Join(" or ", sources.Select(source => $"'{source.Source}'"));
}
