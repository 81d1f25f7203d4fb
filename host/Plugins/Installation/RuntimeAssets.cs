using System.Runtime.InteropServices;
using NuGet.Client;
using NuGet.ContentModel;
using NuGet.RuntimeModel;

namespace LlmKick.Plugins.Installation;

/// <summary>The files of a library's package that a program needs on this framework and system.</summary>
internal static class RuntimeAssets
{
    private static readonly IReadOnlyList<string> Systems = Fallbacks(RuntimeInformation.RuntimeIdentifier);

    /// <summary>Chooses the files.</summary>
    /// <param name="files">The package's files.</param>
    /// <returns>Path in the package, path in the program's folder.</returns>
    public static IReadOnlyDictionary<string, string> Choose(IEnumerable<string> files)
    {
        var conventions = new ManagedCodeConventions(
            new RuntimeGraph(Systems.Select((system, i) => new RuntimeDescription(system, Systems.Skip(i + 1).Take(1)))));
        var items = new ContentItemCollection();
        items.Load(files);
        var criteria = conventions.Criteria.ForFrameworkAndRuntime(PackageFeeds.Framework, Systems[0]);
        PatternSet[] patterns = [conventions.Patterns.RuntimeAssemblies, conventions.Patterns.NativeLibraries];
        var chosen = patterns.SelectMany(pattern => items.FindBestItemGroup(criteria, pattern)?.Items ?? [])
            .ToDictionary(item => item.Path, item => Path.GetFileName(item.Path));
        foreach (var item in Resources(files, chosen.Keys))
            chosen[item] = string.Join('/', item.Split('/')[^2..]);
        return chosen.Where(file => file.Value != "_._").ToDictionary();
    }

    /// <summary>A system's portable name and those whose files it can use too, nearest first.</summary>
    internal static IReadOnlyList<string> Fallbacks(string runtime)
    {
        var processor = runtime[(runtime.LastIndexOf('-') + 1)..];
        if (runtime.StartsWith("win", StringComparison.Ordinal))
            return [$"win-{processor}", "win", "any"];
        if (runtime.StartsWith("osx", StringComparison.Ordinal))
            return [$"osx-{processor}", "osx", $"unix-{processor}", "unix", "any"];
        string[] linux = [$"linux-{processor}", "linux", $"unix-{processor}", "unix", "any"];
        return runtime.Contains("musl")
            || runtime.StartsWith("alpine", StringComparison.Ordinal) ? [$"linux-musl-{processor}", "linux-musl", .. linux] : linux;
    }

    // Translations stand one folder below the assembly that they belong to.
    private static IEnumerable<string> Resources(IEnumerable<string> files, IEnumerable<string> assemblies)
    {
        var folders = assemblies.Where(file => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .Select(file => file[..file.LastIndexOf('/')]).ToHashSet(StringComparer.Ordinal);
        return files.Where(file => file.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase)
            && file.Split('/') is { Length: > 3 } parts && folders.Contains(string.Join('/', parts[..^2])));
    }
}
