using NuGet.Frameworks;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace LlmKick.Plugins.Installation;

/// <summary>A downloaded package: what it says of itself, and its files.</summary>
internal sealed class PluginPackage : IDisposable
{
    // Real ones have a few kilobytes.
    private const int MaxNuspecLength = 1 << 20;
    private const string PluginType = "LlmKickPlugin";

    private PluginPackage(CheckedArchive archive, NuspecReader nuspec, string sha512, string source)
    {
        (Archive, Sha512, Source) = (archive, sha512, source);
        (Id, Version) = (nuspec.GetId(), nuspec.GetVersion());
        IsPlugin = nuspec.GetPackageTypes().Any(type => type.Name.Equals(PluginType, StringComparison.OrdinalIgnoreCase));
        Dependencies = [.. NuGetFrameworkUtility.GetNearest(nuspec.GetDependencyGroups(), PackageFeeds.Framework)?.Packages ?? []];
    }

    /// <summary>The package's name.</summary>
    public string Id { get; }

    /// <summary>Its version.</summary>
    public NuGetVersion Version { get; }

    /// <summary>Whether its type says that it is a plugin for llmkick.</summary>
    public bool IsPlugin { get; }

    /// <summary>What it needs on this framework.</summary>
    public IReadOnlyList<PackageDependency> Dependencies { get; }

    /// <summary>Its files.</summary>
    public CheckedArchive Archive { get; }

    /// <summary>SHA-512 of its file, in base64.</summary>
    public string Sha512 { get; }

    /// <summary>The feed that it came from.</summary>
    public string Source { get; }

    /// <summary>Opens a package's file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">The feed that it came from.</param>
    /// <param name="limits">What it may be at most.</param>
    /// <exception cref="PackageFaultException">It is no package, or a hostile one; the message ends a sentence that names it.</exception>
    public static PluginPackage Open(string path, string source, ArchiveLimits limits)
    {
        var archive = CheckedArchive.Open(path, limits);
        try
        {
            return new PluginPackage(archive, ReadNuspec(archive), FileHash.Of(path), source);
        }
        catch (Exception failure) when (failure is PackagingException or System.Xml.XmlException or ArgumentException)
        {
            archive.Dispose();
            throw new PackageFaultException($"its nuspec cannot be read ({failure.Message.TrimEnd('.')})", failure);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>The plugin's files for this framework: path in the package, path in the plugin's folder.</summary>
    public IReadOnlyDictionary<string, string> PluginFiles()
    {
        var folders = Archive.Files.Select(file => file.Split('/')).Where(parts => parts.Length > 2 && parts[0] == "plugin")
            .Select(parts => parts[1]).Distinct();
        var frameworks = folders.ToDictionary(NuGetFramework.ParseFolder);
        if (new FrameworkReducer().GetNearest(PackageFeeds.Framework, frameworks.Keys) is not { } nearest)
            throw new PackageFaultException($"it has no files for {PackageFeeds.Framework.GetShortFolderName()} below plugin/");
        var start = $"plugin/{frameworks[nearest]}/";
        return Archive.Files.Where(file => file.StartsWith(start, StringComparison.Ordinal))
            .ToDictionary(file => file, file => file[start.Length..]);
    }

    /// <inheritdoc/>
    public void Dispose() => Archive.Dispose();

    private static NuspecReader ReadNuspec(CheckedArchive archive)
    {
        var names = archive.Files.Where(file => !file.Contains('/') && file.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (names.Count != 1)
            throw new PackageFaultException($"it has {names.Count} nuspec files instead of one, so it is no NuGet package");
        var content = new MemoryStream();
        archive.Copy(names[0], new LimitedStream(content, MaxNuspecLength, "its nuspec is too long"));
        content.Position = 0;
        return new NuspecReader(content);
    }
}
